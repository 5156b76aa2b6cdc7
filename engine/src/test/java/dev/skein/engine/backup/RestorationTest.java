// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.UnapprovedPath;
import dev.skein.engine.postgres.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who restores holds the database to the end, and does it once. */
class RestorationTest extends BackupFixture {
    private static final String BESIDE =
            "SELECT count(*) FROM pg_database WHERE datname LIKE 'skein\\_r%'";

    private static final String ANALYZING =
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'ANALYZE' AND wait_event ="
                    + " 'PgSleep' AND datname LIKE 'skein\\_r%'";

    private static final Duration SOON = Duration.ofMinutes(1);

    /** Does something once, while the backup is being read back. */
    private static BooleanSupplier meanwhile(Runnable once) {
        var done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                once.run();
            }
            return false;
        };
    }

    /** Reading it back takes a moment. */
    private Backup slow() {
        database.run(
                "CREATE FUNCTION slow(int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN PERFORM"
                        + " pg_sleep(0.5); RETURN true; END'; CREATE TABLE slow (id int CHECK"
                        + " (slow(id))); INSERT INTO slow VALUES (1)");
        return moved();
    }

    private void migrated(long generation) {
        assertThat(upgrade("a3", "r3", generation, BackupExtent.SCHEMA))
                .isInstanceOf(Outcome.Done.class);
    }

    private void theirsStands() {
        assertThat(history().getLast().heads()).containsExactly("a3");
        assertThat(database.value("SELECT count(*) FROM later")).isEqualTo("0");
        assertThat(database.value(BESIDE)).as("left behind").isEqualTo("0");
    }

    @Test
    void whoLostTheLockReplacesNothing() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);
        var restoration = restoration();

        assertThatThrownBy(() ->
                        restore(
                                restoration,
                                order,
                                () -> {},
                                meanwhile(() -> {
                                    endHolder();
                                    migrated(3);
                                })))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("its lock was lost");
        theirsStands();
        assertThatThrownBy(() -> restore(restoration, order, () -> {}, () -> false))
                .hasMessageContaining("somebody else migrated it while it was being restored");
        theirsStands();
    }

    @Test
    void whoLostTheLockToNobodyTriesAgain() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);
        var restoration = restoration();

        assertThatThrownBy(() -> restore(restoration, order, () -> {}, meanwhile(this::endHolder)))
                .isInstanceOf(Unreachable.class);
        assertThat(restore(restoration, order, () -> {}, () -> false)).isNotEmpty();
        assertThat(history().getLast().heads()).containsExactly("a1");
    }

    /** Looking at its values, once it is restored, takes for ever. */
    private Backup slowToAnalyze() {
        database.run(
                "CREATE FUNCTION slow(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN IF"
                        + " current_query() = ''ANALYZE'' THEN PERFORM pg_sleep(300); END IF;"
                        + " RETURN $1; END'; CREATE TABLE slow (id int); INSERT INTO slow VALUES"
                        + " (1); CREATE INDEX slow_id ON slow (slow(id))");
        return moved();
    }

    private boolean isAnalyzing() {
        return database.value(ANALYZING).equals("1");
    }

    private void isAsBefore() {
        await().atMost(SOON).until(() -> !isAnalyzing());
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("120");
        assertThat(database.value(BESIDE)).as("left behind").isEqualTo("0");
    }

    @Test
    void whoIsAskedToStopLooksAtNothingRestoredAnyMore() {
        var backup = slowToAnalyze();
        var order = order(backup, backup.uid(), 3);

        assertThatThrownBy(() -> restore(restoration(), order, () -> {}, this::isAnalyzing))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        isAsBefore();
    }

    @Test
    void whoLosesTheLockLooksAtNothingRestoredAnyMore() throws Exception {
        var backup = slowToAnalyze();
        var order = order(backup, backup.uid(), 3);
        try (var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = runs.submit(() -> restore(restoration(), order, () -> {}, () -> false));
            await().atMost(SOON).until(this::isAnalyzing);
            endHolder();
            assertThatThrownBy(() -> run.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("its lock was lost before it was replaced");
            isAsBefore();
        }
    }

    @Test
    void whoWasFencedOutReplacesNothing() {
        var backup = slow();
        var order = order(backup, backup.uid(), 3);

        assertThatThrownBy(
                        () -> restore(restoration(), order, () -> {}, meanwhile(() -> migrated(4))))
                .isInstanceOf(Unreachable.class);
        theirsStands();
        assertThatThrownBy(() -> restore(backup, 3)).hasMessageContaining("later directive");
        assertThat(accepted()).isEqualTo("4");
    }

    /** The lock is held, but the journal is no longer where it was taken over. */
    @Test
    void whatTheJournalSaysIsAskedBeforeTheNameIsGiven() {
        var backup = moved();

        assertThatThrownBy(() ->
                        restore(
                                restoration(),
                                order(backup, backup.uid(), 3),
                                () -> database.run("UPDATE skein.state SET epoch = epoch + 1"),
                                () -> false))
                .hasMessageContaining("another holder took over");
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value(BESIDE)).isEqualTo("0");
    }

    /** Whose backup it is was saved elsewhere: what has taken its name stays as it is. */
    @Test
    void anotherDatabaseAtItsAddressIsLeftAlone() {
        var backup = moved();
        database.use(database.create());
        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining(backup.uid() + " is meant");
        assertThat(database.value("SELECT to_regnamespace('skein') IS NULL")).isEqualTo("true");

        assertThat(upgrade("a2", "r9", 1, BackupExtent.SCHEMA)).isInstanceOf(Outcome.Done.class);
        var before = database.value("SELECT s::text FROM skein.state s");
        assertThatThrownBy(() -> restore(backup, 3))
                .hasMessageContaining(backup.uid() + " is meant");
        assertThat(database.value("SELECT s::text FROM skein.state s")).isEqualTo(before);
        assertThat(database.value(BESIDE)).isEqualTo("0");
    }

    private String accepted() {
        return database.value("SELECT accepted FROM skein.state");
    }

    @Test
    void itIsDoneOnceHoweverOftenItIsAskedForAndWhoeverWroteSince() {
        var backup = moved();
        assertThat(restore(backup, 3)).isNotEmpty();
        var print = database.value("SELECT fingerprint FROM skein.state");
        database.run("INSERT INTO users VALUES (500, 'new'); CREATE TABLE by_hand (id int)");

        assertThat(restore(backup, 4)).isEmpty();
        assertThat(restore(backup, 4)).isEmpty();
        assertThat(history().getLast().generation()).isEqualTo(4);
        assertThat(history().stream().filter(e -> e.kind().wire().equals("observed")))
                .as("one word for each who asks")
                .hasSize(2);
        assertThat(database.value("SELECT fingerprint FROM skein.state"))
                .as("what was made by hand is not what must be")
                .isEqualTo(print);

        database.run("DROP TABLE by_hand");
        assertThat(upgrade("a2", "r4", 5, BackupExtent.SCHEMA)).isInstanceOf(Outcome.Done.class);
        assertThat(restore(backup, 6)).isEmpty();
        assertThat(history().getLast().heads()).containsExactly("a2");
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("101");
    }

    /** All that somebody did since the plan would be undone, too, and nobody approved that. */
    @Test
    void whoIsElsewhereThanWhenItWasApprovedIsNotRestored() {
        var backup = moved();
        var order = order(backup, backup.uid(), 4).withHeads(List.of("a2"));
        migrated(3);
        assertThatThrownBy(() -> restore(restoration(), order, () -> {}, () -> false))
                .isInstanceOf(UnapprovedPath.class)
                .hasMessageContaining("it is at a3 by now")
                .hasMessageContaining("restore it from a2");
        theirsStands();
        var found = order.withHeads(List.of("a3"));
        assertThat(restore(restoration(), found, () -> {}, () -> false)).isNotEmpty();
        assertThat(restore(restoration(), found, () -> {}, () -> false))
                .as("done before, from where it was then")
                .isEmpty();
    }
}
