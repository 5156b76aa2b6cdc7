// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.clock;

import java.time.Duration;

/**
 * What the machine's clock showed, between two looks at the one that nobody sets.
 *
 * @param before nanoseconds of {@link System#nanoTime}
 * @param millis milliseconds of {@link System#currentTimeMillis}
 * @param after nanoseconds of {@link System#nanoTime}
 */
record ClockLook(long before, long millis, long after) {
    static ClockLook now() {
        long before = System.nanoTime();
        long millis = System.currentTimeMillis();
        return new ClockLook(before, millis, System.nanoTime());
    }

    /**
     * By how much, at least, the clock was set back since an earlier look; negative where it was
     * not. Only what surely passed between the two counts, so a thread, a process or a machine that
     * stood still, also within a look, is never taken for a clock that was set back.
     */
    Duration setBackSince(ClockLook earlier) {
        var passed = Duration.ofNanos(before - earlier.after);
        return Duration.ofMillis(earlier.millis - millis).plus(passed);
    }
}
