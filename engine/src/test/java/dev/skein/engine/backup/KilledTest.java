// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's programs, or the whole process, are killed in the middle of their work. */
class KilledTest extends BackupFixture {
    private static final String[] NONE = {};
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String LEFT =
            "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE 'skein\\_rest%'";
    private static final String DUMPING =
            "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE datname ="
                + " current_database() AND query LIKE 'LOCK TABLE%' AND wait_event_type = 'Lock'";

    /** Only those that work on one database: other tests have programs, too. */
    private static boolean kill(String program, String database) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").endsWith("/" + program))
                .filter(p -> String.join(" ", p.info().arguments().orElse(NONE)).contains(database))
                .map(ProcessHandle::destroyForcibly)
                .reduce(false, Boolean::logicalOr);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** Upgrades while somebody has a table that pg_dump alone waits for, until that is done. */
    private Outcome blocked(Runnable whileItIsSaved) throws Exception {
        try (var holder = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.script("BEGIN; LOCK TABLE skein.relay", LONG);
            Future<Outcome> run = runs.submit(() -> upgrade("a2", "r2", 2, BackupExtent.FULL));
            await().atMost(LONG).until(() -> !database.value(DUMPING).equals("null"));
            whileItIsSaved.run();
            holder.script("ROLLBACK", LONG);
            return run.get();
        }
    }

    @Test
    void aDumpThatIsKilledLeavesNothingAndMigratesNothing() throws Exception {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var before = history();
        var files = files();

        var outcome =
                blocked(() -> await().until(() -> kill("pg_dump", database.address().database())));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).reason()).hasMessageContaining("Backup of");
        assertThat(history()).isEqualTo(before);
        assertThat(files()).isEqualTo(files);
        assertThat(upgrade("a2", "r2", 2, BackupExtent.FULL)).isInstanceOf(Outcome.Done.class);
        assertThat(files()).hasSize(files.size() + 2);
    }

    /** Its pg_dump outlives it, and would stand in the way of what the next run does. */
    @Test
    void whatAKilledRunStillSavesIsEndedByTheNext() throws Exception {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var files = files();
        try (var holder = database.open()) {
            holder.script("BEGIN; LOCK TABLE skein.relay", LONG);
            var killed = KilledProcess.upgrading(database.address(), place);
            await().atMost(LONG).until(() -> !database.value(DUMPING).equals("null"));
            var orphan = database.value(DUMPING);
            killed.destroyForcibly().waitFor();
            assertThat(history().getLast().heads()).containsExactly("a1");
            assertThat(blockedBehind(orphan)).isInstanceOf(Outcome.Done.class);
        }
        assertThat(files()).hasSize(files.size() + 2).noneMatch(name -> name.endsWith(".part"));
        assertThat(history().stream().filter(e -> e.kind().wire().equals("backed_up"))).hasSize(2);
    }

    private Outcome blockedBehind(String orphan) throws InterruptedException, ExecutionException {
        try (var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = runs.submit(() -> upgrade("a2", "r2", 2, BackupExtent.FULL));
            await().atMost(LONG).until(() -> !database.value(DUMPING).contains(orphan));
            database.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation ="
                        + " 'skein.relay'::regclass AND mode = 'AccessExclusiveLock' AND granted");
            return run.get();
        }
    }

    /** Reading it back takes a moment, and so does reading its statistics. */
    private Backup slow() {
        database.run(
                "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM"
                    + " pg_sleep(0.5); RETURN $1; END'; CREATE TABLE slow (id int CHECK (slow(id) >"
                    + " 0)); CREATE INDEX ON slow (slow(id)); INSERT INTO slow VALUES (1)");
        return moved();
    }

    @Test
    void aRestoreWhoseProgramIsKilledLeavesTheDatabaseAsItWas() {
        var backup = slow();
        var before = history();

        assertThatThrownBy(() ->
                        restore(
                                restoration(),
                                order(backup, backup.uid(), 3),
                                () -> {},
                                () -> {
                                    kill("pg_restore", backup.uid().substring(0, 16));
                                    return false;
                                }))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("it cannot be restored");
        assertThat(history()).isEqualTo(before);
        assertThat(database.value(LEFT)).isEqualTo("null");

        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(history().getLast().kind().wire()).isEqualTo("restored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT true FROM pg_database WHERE datname LIKE 'skein\\_restoring\\_%'",
                "SELECT true FROM pg_stat_activity WHERE datname LIKE 'skein\\_restoring\\_%' AND"
                        + " query LIKE 'COPY public.slow%'",
                "SELECT true FROM pg_stat_activity WHERE datname LIKE 'skein\\_restoring\\_%' AND"
                        + " query = 'ANALYZE'"
            })
    void aRestoreWhoseProcessIsKilledIsEndedByTheNext(String phase) throws Exception {
        var backup = slow();
        var before = history();
        var order = order(backup, backup.uid(), 3);
        var killed = KilledProcess.restoring(order, place);
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> database.value(phase).equals("true"));
        killed.destroyForcibly().waitFor();

        assertThat(history()).isEqualTo(before);
        assertThat(restore(backup, 3)).isNotEmpty();
        assertThat(database.value("SELECT count(name) FROM users")).isEqualTo("100");
        assertThat(history()).hasSize((int) backup.seq() + 1);
        assertThat(database.value(LEFT)).isEqualTo("null");
        assertThat(restore(backup, 3)).isEmpty();
    }
}
