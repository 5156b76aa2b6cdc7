// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.BriefSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others have locks on tables that are saved or counted. */
class BackupLocksTest extends BackupFixture {
    private static final String WAITING =
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " query LIKE 'LOCK TABLE%' AND wait_event_type = 'Lock')";

    /** The process that counts; 0 where none does. */
    private static final String COUNTING =
            "SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND query LIKE '%count(*) FROM ONLY%' AND wait_event_type = 'Lock'";

    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void whatSomebodyHoldsIsEstimatedAtOnce() {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        try (var holder = database.open();
                var session =
                        database.client()
                                .open(database.address(), "test", BriefSessions.SETTINGS)) {
            holder.script("BEGIN; LOCK TABLE users", Duration.ofSeconds(5));
            long began = System.nanoTime();
            assertThat(RollbackLosses.dropped(session, List.of("public.users")))
                    .containsExactly(new RollbackLosses.Loss("public.users", 0, false));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    /** Its count waits for them, or pg_dump where none is counted. */
    @ParameterizedTest
    @EnumSource
    void whoHoldsATableForTooLongIsToldAndNothingIsMigrated(BackupExtent extent)
            throws IOException {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var before = history();
        var hurried =
                new Dump(database.client(), folder(), Clock.systemUTC(), Duration.ofSeconds(1));
        try (var holder = database.open()) {
            holder.script("BEGIN; LOCK TABLE users", Duration.ofSeconds(5));
            assertThat(run(order("a2", "r2", 2), extent, hurried))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .hasMessageContaining(
                                                    "somebody holds a lock on one of its tables for"
                                                            + " longer than 1 s"));
        }
        assertThat(history()).isEqualTo(before);
        assertThat(folder().of(before.getFirst().uid())).hasSize(1);
        try (var files = Files.list(place.resolve(before.getFirst().uid()))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
        assertThat(run(order("a2", "r2", 2), extent, hurried)).isInstanceOf(Outcome.Done.class);
    }

    /** A count waits longer than anybody wants to. */
    private Dump patient() {
        return new Dump(database.client(), folder(), Clock.systemUTC(), SOON.multipliedBy(4));
    }

    private String counting() {
        await().atMost(SOON).until(() -> !database.value(COUNTING).equals("0"));
        return database.value(COUNTING);
    }

    @Test
    void whoIsAskedToStopCountsNoFurther() {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        var before = history();
        var pulled = new AtomicBoolean();
        try (var runs = Executors.newVirtualThreadPerTaskExecutor();
                var holder = database.open()) {
            holder.script("BEGIN; LOCK TABLE users", Duration.ofSeconds(5));
            var run =
                    runs.submit(() ->
                            run(order("a2", "r2", 2), BackupExtent.FULL, patient(), pulled::get));
            counting();
            pulled.set(true);
            assertThatThrownBy(() -> run.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
            await().atMost(SOON).until(() -> database.value(COUNTING).equals("0"));
        }
        assertThat(history()).isEqualTo(before);
    }

    @Test
    void whoLostTheLockCountsNoFurther() throws Exception {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        try (var runs = Executors.newVirtualThreadPerTaskExecutor();
                var holder = database.open()) {
            holder.script("BEGIN; LOCK TABLE users", Duration.ofSeconds(5));
            var run = runs.submit(() -> run(order("a2", "r2", 2), BackupExtent.FULL, patient()));
            var first = counting();
            endHolder();
            await().atMost(SOON).until(() -> !database.value(COUNTING).equals(first));
            holder.script("ROLLBACK", Duration.ofSeconds(5));
            assertThat(run.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(Outcome.Done.class);
        }
        assertThat(history().getLast().heads()).containsExactly("a2");
    }

    /** What is counted and what is written to the archive are the same table. */
    @Test
    void nobodyChangesATableBetweenItsCountAndItsArchive() throws Exception {
        upgrade("a1", "r1", 1, BackupExtent.FULL);
        database.run("INSERT INTO users SELECT i, 'n' FROM generate_series(1, 5) i");
        try (var holder = database.open();
                var other = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.script("BEGIN; LOCK TABLE skein.relay", Duration.ofSeconds(5)); // for pg_dump
            var run = runs.submit(() -> upgrade("a2", "r2", 2, BackupExtent.FULL));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> database.value(WAITING).equals("true"));
            assertThatThrownBy(() ->
                            other.script(
                                    "SET lock_timeout = '200ms'; TRUNCATE users",
                                    Duration.ofSeconds(5)))
                    .hasMessageContaining("lock timeout");
            holder.script("ROLLBACK", Duration.ofSeconds(5));
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(folder().of(history().getFirst().uid()).getLast().rows()).isEqualTo(5);
    }
}
