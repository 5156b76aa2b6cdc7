// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.agent.cli.Out;
import dev.skein.agent.cli.Skein;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process of an upgrade is killed when it has sent several revisions ahead: each stands whole
 * or not at all, and the next run does what is left, once.
 */
@Timeout(300)
class KilledUpgradeTest {
    private static final int REVISIONS = 12;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String GATE = "4711";
    private static final String AT_THE_GATE =
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    /** What becomes of the server's process that has lost its client. */
    enum Then {
        /** It goes on with what it was sent. */
        GOES_ON,
        /** It is ended where it is. */
        ENDS
    }

    @BeforeEach
    void project() throws IOException {
        var secret =
                Files.writeString(
                        folder.resolve("pw"), String.valueOf(database.address().password()));
        Files.writeString(
                folder.resolve("skein.yaml"),
                "revisions: .\ndatabases:\n  dev:\n    url: %s\n    password: file:%s\n"
                        .formatted(database.address().url(), secret));
        database.run(
                "CREATE TABLE gate (at int); CREATE TABLE c (n int); INSERT INTO c VALUES (0)");
        for (int i = 1; i <= REVISIONS; i++) {
            Files.writeString(
                    folder.resolve(i + ".sql"),
                    """
                    --@ revision: r%1$d
                    --@ revises: %2$s
                    --@ upgrade
                    CREATE TABLE t%1$d ();
                    SELECT pg_advisory_xact_lock(%3$s) FROM gate WHERE at = %1$d;
                    UPDATE c SET n = n + 1;
                    """
                            .formatted(i, i == 1 ? "" : "r" + (i - 1), GATE));
        }
    }

    private List<String> upgrade() {
        return List.of("upgrade", "-c", folder.resolve("skein.yaml").toString());
    }

    private Process upgrading() throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Skein.class.getName()));
        command.addAll(upgrade());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private int again() {
        var nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Skein.run(Out.plain(nowhere, nowhere), upgrade().toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"1,GOES_ON", "5,GOES_ON", "5,ENDS", "12,ENDS"})
    void eachRevisionStandsWholeOrNotAtAllAndTheNextRunDoesTheRest(int at, Then then)
            throws Exception {
        database.run("INSERT INTO gate VALUES (" + at + ")");
        try (var keeper = database.open()) {
            keeper.script("SELECT pg_advisory_lock(" + GATE + ")", BOUND);
            var process = upgrading();
            await().atMost(BOUND)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !database.value(AT_THE_GATE).isEmpty());
            var pid = database.value(AT_THE_GATE);
            process.destroyForcibly().waitFor();
            assertThat(process.exitValue()).isEqualTo(128 + 9);
            if (then == Then.ENDS) {
                database.run("SELECT pg_terminate_backend(" + pid + ")");
            }
            keeper.script("SELECT pg_advisory_unlock(" + GATE + ")", BOUND);
            await().atMost(BOUND)
                    .until(() ->
                            database.value("SELECT pid FROM pg_stat_activity WHERE pid = " + pid)
                                    .isEmpty());
        }
        isWhole(then == Then.ENDS ? at - 1 : at);
        database.run("DELETE FROM gate");
        assertThat(again()).isZero();
        assertThat(isWhole(REVISIONS)).isEqualTo(REVISIONS);
        assertThat(again()).isZero();
    }

    /** Tables, rows and journal agree. */
    private int isWhole(int atLeast) {
        int count = Integer.parseInt(database.value("SELECT n FROM c"));
        assertThat(count).isBetween(atLeast, REVISIONS);
        assertThat(database.value("SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]+$'"))
                .isEqualTo(String.valueOf(count));
        try (var session = database.open()) {
            var journal = new Journal(session, "");
            var entries = journal.after(0, 1000);
            assertThat(entries).allMatch(entry -> entry.isIntact());
            assertThat(entries)
                    .extracting(entry -> entry.seq())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, entries.size()).boxed().toList());
            assertThat(entries.stream().map(entry -> Envelope.parse(entry.envelope())))
                    .filteredOn(entry -> entry.kind().wire().equals("applied"))
                    .extracting(Envelope::revision)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, count).mapToObj(i -> "r" + i).toList());
            assertThat(journal.read().orElseThrow().heads())
                    .isEqualTo(count == 0 ? List.of() : List.of("r" + count));
        }
        return count;
    }
}
