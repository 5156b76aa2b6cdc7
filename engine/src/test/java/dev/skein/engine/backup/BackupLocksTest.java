// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.Outcome;
import dev.skein.engine.postgres.Brief;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others have locks on tables that are saved or counted. */
class BackupLocksTest extends BackupFixture {
    private static final String WAITING =
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " query LIKE 'LOCK TABLE%' AND wait_event_type = 'Lock')";

    @Test
    void whatSomebodyHoldsIsEstimatedAtOnce() {
        upgrade("a1", "r1", 1, Extent.FULL);
        try (var holder = database.open();
                var session = database.client().open(database.address(), "test", Brief.SETTINGS)) {
            holder.script("BEGIN; LOCK TABLE users", Duration.ofSeconds(5));
            long began = System.nanoTime();
            assertThat(Losses.dropped(session, List.of("public.users")))
                    .containsExactly(new Losses.Loss("public.users", 0, false));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    /** Its count waits for them, or pg_dump where none is counted. */
    @ParameterizedTest
    @EnumSource
    void whoHoldsATableForTooLongIsToldAndNothingIsMigrated(Extent extent) throws IOException {
        upgrade("a1", "r1", 1, Extent.FULL);
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

    /** What is counted and what is written to the archive are the same table. */
    @Test
    void nobodyChangesATableBetweenItsCountAndItsArchive() throws Exception {
        upgrade("a1", "r1", 1, Extent.FULL);
        database.run("INSERT INTO users SELECT i, 'n' FROM generate_series(1, 5) i");
        try (var holder = database.open();
                var other = database.open();
                var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.script("BEGIN; LOCK TABLE skein.relay", Duration.ofSeconds(5)); // for pg_dump
            var run = runs.submit(() -> upgrade("a2", "r2", 2, Extent.FULL));
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
