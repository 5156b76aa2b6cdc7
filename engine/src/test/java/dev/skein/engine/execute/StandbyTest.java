// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresServer;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that follows another one: it can be read, and nothing can be changed on it. */
class StandbyTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private Path home = Path.of("unset");

    @BeforeEach
    void folder() throws IOException {
        home = Files.createTempDirectory("skein-standby");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws IOException {
        FolderTrees.delete(home);
    }

    @Test
    void aStandbyIsRefusedAndThePrimaryIsNamedAsTheWayOut() throws IOException {
        start().close();
        Files.createFile(home.resolve("data").resolve("standby.signal"));
        var standby = start();
        try (var client = PgClient.create()) {
            var setting = new MigrationSetting(database).table("a");
            var order = setting.order(standby.address("postgres"), new Goal.Upgrade("heads"), null);
            var migrator = new Migrator(client, Clock.systemUTC());
            assertThat(migrator.run(order, Brake.OFF, Progress.NONE))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .hasMessageContaining("standby")
                                            .hasMessageContaining("primary"));
            try (var session = client.open(standby.address("postgres"), "test", Map.of())) {
                var rows = session.query("SELECT to_regnamespace('skein') IS NULL");
                assertThat(rows.iterator().next().getBoolean(0)).isTrue();
            }
        } finally {
            standby.dispose();
        }
    }

    private PostgresServer start() {
        return PostgresServer.start(
                TestServer.get().programs(),
                home.resolve("data"),
                TestServer.freePort(),
                "pw",
                Map.of(),
                home.resolve("log"));
    }
}
