// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees of an upgrade, run as a process, that waits at a gate: how long it has been
 * waiting; and nothing of Java's when its session is ended meanwhile.
 */
@Timeout(300)
class CutUpgradeTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String GATE = "4712";
    private static final String LONG = "\\[1/1] applying a wait, \\d\\d s\\R.*";
    private static final String JAVA = "\\tat |Exception|io\\.(vertx|netty)";
    private static final String AT_THE_GATE =
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 4712 AND NOT granted"
                    + " AND database = (SELECT oid FROM pg_database WHERE datname ="
                    + " current_database())";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(
                folder.resolve("a.sql"),
                """
                --@ revision: a
                --@ message: wait
                --@ upgrade
                SELECT pg_advisory_xact_lock(%s);
                CREATE TABLE t ();
                """
                        .formatted(GATE));
    }

    /** A run whose streams go to a file. */
    private record Run(Process process, Path said) {
        String text() throws IOException {
            return Files.readString(said);
        }

        /** How it ended, once it has. */
        int code() throws InterruptedException {
            return process.waitFor();
        }
    }

    private Run upgrade(String... databases) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Skein.class.getName(),
                                "upgrade",
                                "--lock-timeout=5m",
                                "--revisions=" + folder));
        for (var name : databases) {
            var address = name.isEmpty() ? database.address() : database.address(name);
            command.add("--url=" + address.url().replace("@", ":test%20secret@"));
        }
        var said = Files.createTempFile(folder, "said", ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        return new Run(builder.redirectOutput(said.toFile()).start(), said);
    }

    private static ConditionFactory soon() {
        return await().atMost(BOUND).pollInterval(Duration.ofMillis(50));
    }

    /** The server's process that waits at the gate, other than one. */
    private String waiting(String other) {
        soon().until(() -> !List.of("", other).contains(database.value(AT_THE_GATE)));
        return database.value(AT_THE_GATE);
    }

    @Test
    void aSessionThatIsEndedIsNoMatterOfJavas() throws Exception {
        try (var keeper = database.open()) {
            keeper.script("SELECT pg_advisory_lock(" + GATE + ")", BOUND);
            var run = upgrade("");
            var first = waiting("");
            database.run("SELECT pg_terminate_backend(" + first + ")");
            waiting(first);
            keeper.script("SELECT pg_advisory_unlock(" + GATE + ")", BOUND);
            assertThat(run.code()).as(run.text()).isZero();
            assertThat(run.text())
                    .contains("[1/1] applied a wait")
                    .contains("Done: at a")
                    .doesNotContainPattern(JAVA);
        }
    }

    private PgSession open(String name) {
        return database.client().open(database.address(name), "test", Map.of());
    }

    @Test
    void aRunThatTakesLongSaysWhatItIsAtForOneDatabaseAndForSeveral() throws Exception {
        var others = List.of(database.create(), database.create(), database.create());
        try (var one = database.open();
                var two = open(others.get(1));
                var three = open(others.get(2))) {
            for (var keeper : List.of(one, two, three)) {
                keeper.script("SELECT pg_advisory_lock(" + GATE + ")", BOUND);
            }
            var single = upgrade("");
            var many = upgrade(others.toArray(String[]::new));
            soon().until(() -> single.text().matches("(?s).*" + LONG));
            for (int i = 1; i < 3; i++) {
                var line = "(?s).*\\Q" + database.address(others.get(i)) + "\\E: " + LONG;
                soon().until(() -> many.text().matches(line));
            }
            assertThat(many.text())
                    .contains("done " + database.address(others.get(0)))
                    .doesNotContain(database.address(others.get(0)) + ": [1/1]");
            for (var keeper : List.of(one, two, three)) {
                keeper.script("SELECT pg_advisory_unlock(" + GATE + ")", BOUND);
            }
            assertThat(single.code()).as(single.text()).isZero();
            assertThat(many.code()).as(many.text()).isZero();
            assertThat(many.text()).contains("3 of 3 done").doesNotContainPattern(JAVA);
        }
    }
}
