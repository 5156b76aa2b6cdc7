// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ClockLookTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long TODAY = 1_800_000_000_000L;

    /** A look after so many seconds, which itself took some, at a clock that is off by so much. */
    private static ClockLook look(int second, int took, long off) {
        long before = TimeUnit.SECONDS.toNanos(second);
        return new ClockLook(
                before, TODAY + second * 1000L + off, before + TimeUnit.SECONDS.toNanos(took));
    }

    @Test
    void aClockThatRunsAsTimePassesWasNotSet() {
        assertThat(look(1, 0, 0).setBackSince(look(0, 0, 0))).isZero();
        assertThat(look(7200, 0, 0).setBackSince(look(0, 0, 0))).isZero();
    }

    @Test
    void oneThatWasSetBackWasSetBackByAsMuch() {
        assertThat(look(1, 0, -HOUR).setBackSince(look(0, 0, 0))).hasHours(1);
        assertThat(look(7200, 0, 0).setBackSince(look(0, 0, HOUR))).hasHours(1);
        assertThat(look(1, 0, -6_000).setBackSince(look(0, 0, 0)))
                .isGreaterThan(ClockWatch.TOLERATED);
    }

    @Test
    void oneThatWasSetForwardWasNotSetBack() {
        assertThat(look(1, 0, HOUR).setBackSince(look(0, 0, 0)).isNegative()).isTrue();
    }

    @Test
    void whoStoodStillWithinALookSeesNoClockThatWasSet() {
        // Stopped for 35 s after the clock was read, then before it is.
        assertThat(look(36, 0, 0).setBackSince(look(0, 35, 0)).isPositive()).isFalse();
        var late = new ClockLook(look(1, 0, 0).before(), look(36, 0, 0).millis(), 0);
        assertThat(late.setBackSince(look(0, 0, 0)).isPositive()).isFalse();
        var next = look(37, 0, 0);
        var stopped = new ClockLook(late.before(), late.millis(), look(36, 0, 0).before());
        assertThat(next.setBackSince(stopped)).isZero();
    }

    @Test
    void looksOfThisMachineFollowEachOther() {
        var first = ClockLook.now();
        assertThat(ClockLook.now().setBackSince(first)).isLessThan(ClockWatch.TOLERATED);
    }
}
