// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.service.problem.NotNow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogReadsTest extends OnAuditDatabase {
    @Test
    void aSlowSearchEndsWithWordsAndLeavesNothing() {
        var reads = new LogReads(db, Duration.ofMillis(100), 1);
        for (int i = 0; i < 3; i++) { // the pool has two connections
            assertThatThrownBy(() -> reads.call(tx -> tx.query("SELECT pg_sleep(60)")))
                    .hasMessageContaining("it took more than 0.1 s and was ended")
                    .hasMessageContaining("a shorter time")
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
        }
        assertThatThrownBy(() -> reads.call(tx -> tx.query("DELETE FROM parked")))
                .hasMessageContaining("25006");
        assertThat(db.call(tx -> tx.query("SHOW statement_timeout").iterator().next()).getString(0))
                .as("what is read binds nobody else")
                .isEqualTo("28s");
    }

    @Test
    void halfOfThePoolIsLeftToWhoWrites() {
        assertThat(LogReads.places(100)).isEqualTo(5);
        assertThat(LogReads.places(10)).isEqualTo(5);
        assertThat(LogReads.places(5)).isEqualTo(2);
        assertThat(LogReads.places(1)).isEqualTo(1);
    }

    @Test
    void whoHasItSignedBeforeReadingWaitsForAPlaceAsWell() {
        var reads = new LogReads(db, Duration.ofMillis(200), 1); // the pool has two connections
        reads.before(() -> {
            assertThatThrownBy(() -> reads.before(() -> {}))
                    .hasMessageContaining("others were being answered for 0.2 s");
            assertThatThrownBy(() -> reads.call(tx -> 1))
                    .hasMessageContaining("others were being answered for 0.2 s");
        });
        int after = reads.call(tx -> 2);
        assertThat(after).as("the place is free again").isEqualTo(2);
    }

    @Test
    void whoFindsNoPlaceIsToldSoAndIntakeGoesOn() throws Exception {
        var reads = new LogReads(db, Duration.ofMillis(500), 1); // the pool has two connections
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var slow =
                new FutureTask<>(() ->
                        reads.call(tx -> {
                            inside.countDown();
                            return await(leave);
                        }));
        Thread.ofVirtual().start(slow);
        await(inside);
        assertThatThrownBy(() -> reads.call(tx -> 1))
                .isInstanceOf(NotNow.class)
                .hasMessageContaining("others were being answered for 0.5 s");
        int other = db.call(tx -> 2);
        assertThat(other).isEqualTo(2);
        leave.countDown();
        assertThat(slow.get()).isTrue();
        int after = reads.call(tx -> 3);
        assertThat(after).as("the place is free again").isEqualTo(3);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
