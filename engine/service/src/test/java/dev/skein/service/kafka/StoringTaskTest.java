// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class StoringTaskTest {
    private final StoringTask storing = new StoringTask();

    @Test
    void thereIsNothingToWaitForBeforeABatch() throws InterruptedException {
        assertThat(storing.isPending()).isFalse();
        storing.finish();
    }

    @Test
    void whoFinishesFindsTheBatchStored() throws InterruptedException {
        var stored = new AtomicBoolean();
        storing.begin(() -> stored.set(true));
        assertThat(storing.isPending()).isTrue();
        storing.finish();
        assertThat(stored).isTrue();
        assertThat(storing.isPending()).isFalse();
    }

    @Test
    void aFailureIsToldOnceAsItWas() throws InterruptedException {
        var failure = new IllegalArgumentException("no");
        storing.begin(() -> {
            throw failure;
        });
        assertThatThrownBy(storing::finish).isSameAs(failure);
        storing.finish();
    }
}
