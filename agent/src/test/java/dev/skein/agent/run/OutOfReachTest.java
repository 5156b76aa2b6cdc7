// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OutOfReachTest {
    private final Ticking clock = new Ticking();
    private final OutOfReach reach = new OutOfReach(clock, Duration.ofSeconds(60));

    private boolean isTooLongAfter(int seconds) {
        reach.attempt();
        clock.now = clock.now.plusSeconds(seconds);
        return reach.isTooLong();
    }

    @Test
    void aLongStepThatIsLostHasAllThePatience() {
        assertThat(isTooLongAfter(3600)).isFalse();
        assertThat(isTooLongAfter(50)).isFalse();
        assertThat(isTooLongAfter(11)).isTrue();
    }

    @Test
    void aDatabaseThatNeverAnswersIsGivenUp() {
        assertThat(isTooLongAfter(12)).isFalse();
        assertThat(isTooLongAfter(12)).isFalse();
        assertThat(isTooLongAfter(49)).isTrue();
    }

    @Test
    void whatEndsTheServerEachTimeIsNotTriedForEver() {
        for (int loss = 1; loss <= 3; loss++) {
            assertThat(isTooLongAfter(90)).isFalse();
        }
        assertThat(isTooLongAfter(90)).isTrue();
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
