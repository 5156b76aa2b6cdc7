// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgClientTest {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final int MILLIS = 10_000;

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void aServerThatNeverAnswersIsLeftAndKeepsNobodyFromEnding() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(MILLIS);
            var address =
                    DatabaseAddress.parse("postgresql://me@127.0.0.1:" + silent.getLocalPort());
            try (var client = PgClient.create(BOUND)) { // closing throws nothing
                assertThatThrownBy(() -> client.open(address, "silent", Map.of()))
                        .isInstanceOf(Unreachable.class)
                        .hasMessageContaining("no answer within 1 s");
            }
            isLetGoOf(silent);
            try (var client = PgClient.create(BOUND)) {
                assertThatThrownBy(() -> client.open(address, "silent", Map.of()))
                        .isInstanceOf(Unreachable.class);
                isLetGoOf(silent); // not only where the client is closed
            }
        }
    }

    private static void isLetGoOf(ServerSocket silent) throws IOException {
        try (var socket = silent.accept()) {
            socket.setSoTimeout(MILLIS);
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void literalsMeanTheSameWhateverADatabaseHas() {
        var name = SqlLiterals.name(database.address().database());
        database.run("ALTER DATABASE " + name + " SET standard_conforming_strings = off");
        database.run("CREATE TABLE t AS SELECT 'a\\b' AS path");
        assertThat(database.value("SELECT path = " + SqlLiterals.text("a\\b") + " FROM t"))
                .isEqualTo("true");
        assertThat(database.value("SELECT length(path) FROM t")).isEqualTo("3");
        assertThat(database.value("SELECT 'pgboss' LIKE 'pg\\_%'")).isEqualTo("false");
        try (var client = database.client().keeping()) {
            for (int i = 0; i < 2; i++) {
                try (var session = client.open(database.address(), "kept", Map.of())) {
                    var rows = session.script("SELECT length('a\\b')", BOUND);
                    assertThat(rows.iterator().next().getInteger(0)).isEqualTo(3);
                    session.script("SET standard_conforming_strings = off", BOUND);
                }
            }
        }
    }

    @Test
    void aSessionMayLastLongerThanConnectingMay() {
        try (var client = PgClient.create(BOUND);
                var session = client.open(database.address(), "lasting", Map.of())) {
            var slept = session.script("SELECT pg_sleep(1.5), 7", Duration.ofSeconds(10));
            assertThat(slept.iterator().next().getInteger(1)).isEqualTo(7);
        }
    }
}
