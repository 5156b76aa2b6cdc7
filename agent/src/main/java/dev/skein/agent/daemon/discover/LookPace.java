// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Looking again takes a tenth of the time at most, however many databases there are and however
 * slow their server is: else looks would be its main load, and slow down what they wait for
 * themselves.
 */
final class LookPace {
    private static final int SHARE = 10;

    private final int atOnce;
    private final long longest;
    private final LongAdder spent = new LongAdder();
    private long free;

    /**
     * Begins without a pause.
     *
     * @param atOnce how many looks there may be at a time
     * @param longest pause
     * @param now by a clock that nobody sets, ns
     */
    LookPace(int atOnce, Duration longest, long now) {
        this.atOnce = atOnce;
        this.longest = longest.toNanos();
        this.free = now;
    }

    /** Whether databases may be looked into again. */
    boolean isFree(long now) {
        return now - free >= 0;
    }

    /** Counts one look of this round, ns. */
    void spent(long nanos) {
        spent.add(nanos);
    }

    /** After a round: the pause is in proportion to it, and a shorter one does not end it. */
    void rest(long now) {
        long until = now + Math.min(spent.sumThenReset() / atOnce * (SHARE - 1), longest);
        if (until - free > 0) {
            free = until;
        }
    }
}
