// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class LookPaceTest {
    private static final int AT_ONCE = 4;
    private static final Duration LONGEST = Duration.ofMillis(10);

    @Test
    void theFirstRoundWaitsForNothingAndAnEmptyOneCostsNothing() {
        var pace = new LookPace(AT_ONCE, LONGEST, 5);
        assertThat(pace.isFree(5)).isTrue();
        pace.rest(7);
        assertThat(pace.isFree(7)).isTrue();
    }

    @Test
    void howeverManyAndSlowTheyAreLooksTakeATenthOfTheTime() {
        var random = new Random(3);
        long now = Long.MAX_VALUE - 1000; // such clocks begin anywhere, and overflow
        long began = now;
        var pace = new LookPace(AT_ONCE, LONGEST, now);
        long looking = 0;
        for (int round = 0; round < 100; round++) {
            assertThat(pace.isFree(now)).isTrue();
            long each = random.nextInt(1, 1_000_000);
            for (int look = 0; look < AT_ONCE; look++) {
                pace.spent(each);
            }
            now += each;
            looking += each;
            pace.rest(now);
            pace.rest(now); // nothing was looked into
            assertThat(pace.isFree(now + each * 9 - 1)).isFalse();
            now += each * 9;
        }
        assertThat(looking * 10).isEqualTo(now - began);
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        var pace = new LookPace(AT_ONCE, LONGEST, 0);
        pace.spent(Duration.ofHours(1).toNanos());
        pace.rest(0);
        assertThat(pace.isFree(LONGEST.toNanos() - 1)).isFalse();
        assertThat(pace.isFree(LONGEST.toNanos())).isTrue();
    }
}
