// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class WatermarkTest {
    private static final TopicPartition ONE = new TopicPartition("t", 0);

    private long now = 1;
    private long position;
    private long end;
    private final Watermark watermark = new Watermark(() -> now);

    /** Seconds pass; the reader turns in each. */
    private void listen(int seconds) {
        for (int n = 0; n < seconds; n++) {
            now += Duration.ofSeconds(1).toNanos();
            if (watermark.isDue()) {
                watermark.ends(now, Map.of(ONE, end));
            }
            watermark.read(p -> position);
            watermark.stored();
        }
    }

    @Test
    void nothingIsHeardBeforeWhatWasThereIsStored() {
        end = 100;
        listen(300);
        assertThat(watermark.uninterrupted()).isZero();
        position = 100;
        listen(63);
        assertThat(watermark.uninterrupted()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        position = 200;
        end = 200;
        listen(10);
        assertThat(watermark.uninterrupted()).isGreaterThanOrEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void whoFallsBehindHasToListenAnewForAsLong() {
        listen(100);
        end = 5000;
        listen(3); // some seconds are no gap
        position = 5000;
        listen(1);
        assertThat(watermark.uninterrupted()).isGreaterThan(Duration.ofSeconds(90));
        end = 9000;
        listen(20);
        assertThat(watermark.uninterrupted()).isZero();
        position = 9000;
        listen(10);
        assertThat(watermark.uninterrupted()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whileNobodySaysWhereTheTopicsEndItIsNotHeard() {
        listen(100);
        now += Duration.ofSeconds(60).toNanos();
        assertThat(watermark.uninterrupted()).isZero();
        listen(2);
        assertThat(watermark.uninterrupted()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whoHasOtherPartitionsHearsNothingUntilWhatWasInThemIsStored() {
        listen(100);
        watermark.lost();
        assertThat(watermark.uninterrupted()).as("what others had read").isZero();
        assertThat(watermark.isDue()).as("at once").isTrue();
        end = 50;
        listen(3);
        assertThat(watermark.uninterrupted()).isZero();
        position = 50;
        listen(1);
        assertThat(watermark.uninterrupted())
                .as("nothing was missed meanwhile")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void howLongItIsBehindIsKnownWhateverIsNot() {
        end = 10;
        listen(7);
        assertThat(watermark.age()).as("since it began").hasSeconds(7);
        position = 10;
        listen(2);
        assertThat(watermark.age()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        watermark.lost();
        now += Duration.ofHours(1).toNanos();
        assertThat(watermark.age()).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatWasReadAndThenLostIsNotStored() {
        end = 10;
        now += 1;
        watermark.ends(now, Map.of(ONE, end));
        watermark.read(p -> 10);
        watermark.lost();
        watermark.stored();
        assertThat(watermark.isDue()).isTrue();
        assertThat(watermark.uninterrupted()).isZero();
    }
}
