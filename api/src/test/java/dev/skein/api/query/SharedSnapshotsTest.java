// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class SharedSnapshotsTest {
    private static final int MANY = 20;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final SharedSnapshots<String, String> snapshots = of(key -> key + made.get());

    private interface Making {
        String make(String key);
    }

    private SharedSnapshots<String, String> of(Making making) {
        return new SharedSnapshots<>(
                key -> {
                    made.incrementAndGet();
                    return making.make(key);
                },
                2,
                now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static <T> FutureTask<T> asking(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    void whoLooksAgainGetsTheSnapshotOfThisSecond() {
        assertThat(snapshots.recent("a")).isEqualTo("a1");
        pass(Duration.ofMillis(999));
        assertThat(snapshots.recent("a")).isEqualTo("a1");
        pass(Duration.ofMillis(1));
        assertThat(snapshots.recent("a")).isEqualTo("a2");
    }

    @Test
    void whoLooksForTheFirstTimeIsToldWhatIsSoNow() {
        assertThat(snapshots.get("a", true)).isEqualTo("a1");
        pass(Duration.ofNanos(1));
        assertThat(snapshots.get("a", false)).isEqualTo("a2");
        assertThat(snapshots.get("a", true)).as("nobody goes back").isEqualTo("a2");
    }

    @Test
    void whatTakesLongIsGoodForLonger() {
        var slow =
                of(key -> {
                    pass(Duration.ofMillis(200));
                    return key + made.get();
                });
        slow.recent("a");
        pass(Duration.ofMillis(1_799));
        assertThat(slow.recent("a")).isEqualTo("a1");
        pass(Duration.ofMillis(1));
        assertThat(slow.recent("a")).isEqualTo("a2");
    }

    @Test
    void asManyAsAskAtOnceWaitForOne() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var shared =
                of(key -> {
                    begun.countDown();
                    await().until(() -> release.getCount() == 0);
                    return key + made.get();
                });
        var all = new ArrayList<FutureTask<String>>();
        all.add(asking(() -> shared.fresh("a")));
        begun.await();
        pass(Duration.ofMillis(1));
        var asked = new CountDownLatch(MANY);
        for (int n = 0; n < MANY; n++) {
            all.add(
                    asking(() -> {
                        asked.countDown();
                        return shared.fresh("a");
                    }));
        }
        asked.await();
        await().until(() -> shared.waiting("a") == MANY);
        pass(Duration.ofMillis(1));
        release.countDown();
        assertThat(all.getFirst().get()).isEqualTo("a1");
        for (var one : all.subList(1, all.size())) {
            assertThat(one.get()).as("what was begun after it was asked for").isEqualTo("a2");
        }
    }

    @Test
    void aFailureIsToldToAllWhoWaitedAndNotKept() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var failing =
                of(key -> {
                    begun.countDown();
                    await().until(() -> release.getCount() == 0);
                    throw new IllegalStateException("away " + made.get());
                });
        var all = new ArrayList<FutureTask<String>>();
        all.add(asking(() -> failing.recent("a")));
        begun.await();
        for (int n = 0; n < MANY; n++) {
            all.add(asking(() -> failing.recent("a")));
        }
        await().until(() -> failing.waiting("a") == MANY);
        release.countDown();
        for (var one : all) {
            assertThatThrownBy(one::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("away 1");
        }
        assertThatThrownBy(() -> failing.recent("a")).hasMessage("away 2");
    }

    @Test
    void thoseAreKeptThatWereAskedForLast() {
        for (var key : List.of("a", "b", "a", "c", "a", "c")) {
            snapshots.recent(key);
        }
        assertThat(made).hasValue(3);
        snapshots.recent("b");
        assertThat(made).hasValue(4);
    }
}
