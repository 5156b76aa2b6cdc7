// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class OutOfReachTest {
    private long now = Long.MAX_VALUE - 1_000_000_000L; // the time of a process may begin anywhere
    private final OutOfReach reach = new OutOfReach(() -> now, Duration.ofSeconds(60));

    private boolean isTooLongAfter(int seconds) {
        reach.attempt();
        now += Duration.ofSeconds(seconds).toNanos();
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
}
