// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class StoringTaskTest {
    private static final long MANY_BYTES = 9 << 20;

    private final StoringTask storing = new StoringTask(1);

    @Test
    void thereIsNothingToWaitForBeforeABatch() throws InterruptedException {
        assertThat(storing.isPending()).isFalse();
        storing.finish();
    }

    @Test
    void whoFinishesFindsTheBatchStored() throws InterruptedException {
        var stored = new AtomicBoolean();
        storing.begin(1, () -> stored.set(true));
        assertThat(storing.isPending()).isTrue();
        storing.finish();
        assertThat(stored).isTrue();
        assertThat(storing.isPending()).isFalse();
    }

    @Test
    void aFailureIsToldOnceAsItWas() throws InterruptedException {
        var failure = new IllegalArgumentException("no");
        storing.begin(
                1,
                () -> {
                    throw failure;
                });
        assertThatThrownBy(storing::finish).isSameAs(failure);
        storing.finish();
    }

    @Test
    void batchesAreStoredInTheirOrderAndSoManyWait() throws InterruptedException {
        var several = new StoringTask(2);
        var release = new CountDownLatch(1);
        var stored = new CopyOnWriteArrayList<Integer>();
        several.begin(
                1,
                () -> {
                    quietly(release);
                    stored.add(1);
                });
        several.begin(1, () -> stored.add(2));
        assertThat(stored).isEmpty();
        release.countDown();
        several.begin(1, () -> stored.add(3));
        assertThat(stored).as("one of two had to be finished").startsWith(1);
        several.begin(MANY_BYTES, () -> stored.add(4));
        assertThat(stored).as("so much waits for nobody else").startsWith(1, 2, 3);
        several.finish();
        assertThat(stored).containsExactly(1, 2, 3, 4);
    }

    @Test
    void behindABatchThatFailsNoneIsStored() throws InterruptedException {
        var several = new StoringTask(3);
        var failure = new IllegalArgumentException("no");
        var stored = new CopyOnWriteArrayList<Integer>();
        several.begin(1, () -> stored.add(1));
        several.begin(
                1,
                () -> {
                    throw failure;
                });
        several.begin(1, () -> stored.add(3));
        assertThatThrownBy(several::finish).isSameAs(failure);
        assertThat(several.isPending()).isFalse();
        several.begin(1, () -> stored.add(4));
        several.finish();
        assertThat(stored).containsExactly(1, 4);
    }

    private static void quietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
