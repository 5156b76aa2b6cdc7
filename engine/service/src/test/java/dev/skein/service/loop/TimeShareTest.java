// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeShareTest {
    private final AtomicLong now = new AtomicLong();
    private final TimeShare share =
            new TimeShare(100, Duration.ofSeconds(1), Duration.ofSeconds(60), now::get);

    private void works(Duration time) {
        assertThat(share.<Long>measured(() -> now.addAndGet(time.toNanos()))).isPositive();
    }

    @Test
    void itRestsAHundredTimesAsLongAsItWorkedWithinBounds() {
        assertThat(share.isRested()).as("it has done nothing").isTrue();
        works(Duration.ofMillis(50));
        assertThat(share.rest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(share.isRested()).isFalse();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(share.isRested()).isTrue();
        works(Duration.ofMillis(1));
        assertThat(share.rest()).isEqualTo(Duration.ofSeconds(1));
        works(Duration.ofSeconds(9));
        assertThat(share.rest()).isEqualTo(Duration.ofSeconds(60));
    }
}
