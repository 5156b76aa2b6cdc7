// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pgbouncer that hands each transaction to another session stands before the server. */
class PoolerTest {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path home;

    /** Whether it knows a start-up setting or not: it is refused before anything is done. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lock_timeout,statement_timeout,idle_session_timeout,client_connection_check_interval,"
                    + "idle_in_transaction_session_timeout,client_min_messages"
            })
    void aPoolerIsRefusedAndTheSettingForADirectAddressIsNamed(String ignored) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "pgbouncer is not installed");
        int port = TestServer.freePort();
        var pooler = start(port, ignored);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> listens(port));
            var direct = database.address();
            var url = direct.url().replaceFirst(":\\d+/", ":" + port + "/");
            var setting = new MigrationSetting(database).table("a");
            var address = new DatabaseAddress(url, direct.password());
            var outcome =
                    setting.run(setting.order(address, new Goal.Upgrade("heads"), null), Brake.OFF);
            var reason =
                    switch (outcome) {
                        case Outcome.Lost lost -> lost.reason();
                        case Outcome.Refused refused -> refused.reason();
                        default -> throw new AssertionError("not refused: " + outcome);
                    };
            assertThat(reason).hasMessageContaining("pooler").hasMessageContaining("'url'");
        } finally {
            pooler.destroy();
            pooler.waitFor();
        }
        assertThat(database.value("SELECT to_regclass('skein.state') IS NULL")).isEqualTo("true");
    }

    private Process start(int port, String ignored) throws IOException {
        var server = TestServer.get().maintenance();
        var file = home.resolve("pgbouncer.ini");
        Files.writeString(
                file,
                """
                [databases]
                * = host=127.0.0.1 port=%s user=postgres password='%s'
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                ignore_startup_parameters = %s
                """
                        .formatted(
                                server.server().replaceAll(".*:", ""),
                                server.password(),
                                port,
                                ignored));
        var command = new ArrayList<>(List.of(PROGRAM.toString(), file.toString()));
        if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
            command.addAll(1, List.of("-u", "nobody"));
            var open = java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x");
            Files.setPosixFilePermissions(home, open);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
