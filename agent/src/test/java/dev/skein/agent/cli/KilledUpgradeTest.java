// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.agent.cli.common.Output;
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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process of an upgrade is killed when it has sent several revisions ahead, or between two
 * batches: each stands whole or not at all, and the next run does what is left, once.
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
        return Skein.run(Output.plain(nowhere, nowhere), upgrade().toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"1,GOES_ON", "5,GOES_ON", "5,ENDS", "12,ENDS"})
    void eachRevisionStandsWholeOrNotAtAllAndTheNextRunDoesTheRest(int at, Then then)
            throws Exception {
        killed(at, then);
        isWhole(then == Then.ENDS ? at - 1 : at);
        database.run("DELETE FROM gate");
        assertThat(again()).isZero();
        assertThat(isWhole(REVISIONS)).isEqualTo(REVISIONS);
        assertThat(again()).isZero();
    }

    /** One revision in batches of ten rows; what updates the row of the gate waits there. */
    private void batched() throws IOException {
        for (int i = 1; i <= REVISIONS; i++) {
            Files.delete(folder.resolve(i + ".sql"));
        }
        database.run(
                """
                CREATE TABLE many (id int PRIMARY KEY, n int NOT NULL);
                INSERT INTO many SELECT g, 0 FROM generate_series(1, 50) g;
                CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_advisory_xact_lock(%s) FROM gate WHERE at = NEW.id; RETURN NEW; END';
                CREATE TRIGGER wait BEFORE UPDATE ON many FOR EACH ROW EXECUTE FUNCTION wait()
                """
                        .formatted(GATE));
        Files.writeString(
                folder.resolve("1.sql"),
                """
                --@ revision: r1
                --@ batch: many by id, 10 rows
                --@ upgrade
                UPDATE many SET n = n + 1 WHERE id BETWEEN :from AND :to;
                """);
    }

    @ParameterizedTest
    @CsvSource({"5,GOES_ON,10", "5,ENDS,0", "25,GOES_ON,30", "25,ENDS,20", "50,ENDS,40"})
    void eachBatchStandsWholeOrNotAtAllAndTheNextRunDoesTheRest(int at, Then then, int done)
            throws Exception {
        batched();
        killed(at, then);
        assertThat(
                        database.value(
                                "SELECT string_agg(id || '', ',' ORDER BY id) FROM many WHERE n ="
                                        + " 1"))
                .isEqualTo(upTo(done));
        database.run("DELETE FROM gate");
        assertThat(again()).isZero();
        assertThat(database.value("SELECT min(n) || '-' || max(n) FROM many")).isEqualTo("1-1");
        try (var session = database.open()) {
            assertThat(new Journal(session, "").envelopes())
                    .filteredOn(entry -> entry.kind().wire().equals("applied"))
                    .hasSize(1);
        }
        assertThat(again()).isZero();
        assertThat(database.value("SELECT min(n) || '-' || max(n) FROM many")).isEqualTo("1-1");
    }

    private static String upTo(int last) {
        return last == 0
                ? "null"
                : LongStream.rangeClosed(1, last)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
    }

    /** Kills an upgrade where it waits at the gate, and sees to what the server makes of it. */
    private void killed(int at, Then then) throws Exception {
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
