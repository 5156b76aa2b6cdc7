// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.SkeinException;
import dev.skein.engine.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PgSessionTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @Test
    void ofWhatStatementsGiveOnlyTheFirstRowsAreKept() {
        try (var session = database.open()) {
            var sent =
                    session.sendCounted(
                            "SELECT g FROM generate_series(1, 200000) g; SELECT 7; SELECT 8");
            var result = session.await(sent.answer(), BOUND);
            assertThat(result.value()).extracting(row -> row.getInteger(0)).containsExactly(1, 2);
            assertThat(result.next().value().getFirst().getInteger(0)).isEqualTo(7);
            assertThat(sent.completed()).hasValue(3);
        }
    }

    @Test
    void aSessionThatTheServerEndsIsToldByItsErrorAlone() {
        var printed = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (var session = database.open()) {
            var sent = session.send("SELECT pg_sleep(20)");
            database.run("SELECT pg_terminate_backend(" + session.processId() + ")");
            assertThatThrownBy(() -> session.await(sent, BOUND)).isInstanceOf(SkeinException.class);
            assertThatThrownBy(() -> session.script("SELECT 1", BOUND))
                    .isInstanceOf(Unreachable.class);
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whoWaitsIsToldWhyTheConnectionWasBroken() {
        try (var session = database.open()) {
            var sent = session.send("SELECT pg_sleep(2)");
            session.abort("nothing answered");
            assertThatThrownBy(() -> session.await(sent, BOUND))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("nothing answered");
        }
    }

    @Test
    void aClosedClientRefusesWithoutATrace() {
        var client = PgClient.create();
        var session = client.open(database.address(), "test", java.util.Map.of());
        client.close();
        assertThatThrownBy(() -> session.script("SELECT 1", BOUND)).isInstanceOf(Unreachable.class);
        assertThatThrownBy(() -> client.open(database.address(), "test", java.util.Map.of()))
                .isInstanceOf(Unreachable.class);
        session.close();
    }

    /** The timer of an idle connection that is kept alive is the one that asks the peer. */
    @Test
    void theSystemAsksASilentPeerWithinSeconds() throws IOException {
        var tables = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
        assumeTrue(tables.stream().allMatch(Files::exists), "only Linux shows its timers");
        try (var session = database.open()) {
            session.script("SELECT 1", BOUND);
            var port = Integer.parseInt(database.address().server().replaceAll(".*:", ""));
            var remote = ":%04X 01 ".formatted(port);
            var timers = new ArrayList<String>();
            for (var table : tables) {
                for (var line : Files.readAllLines(table)) {
                    if (line.contains(remote)) {
                        timers.add(line.trim().split(" +")[5]);
                    }
                }
            }
            // "02:" is the keep-alive timer; its hundredths of a second are below the 15 s.
            assertThat(timers)
                    .isNotEmpty()
                    .allMatch(t -> t.startsWith("02:"))
                    .allMatch(t -> Long.parseLong(t.substring(3), 16) <= 1500);
        }
    }
}
