// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.loop;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Work that may take a share of the time at most: how long it took is how long it rests, so many
 * times. What grows is done less often instead of taking more.
 */
public final class TimeShare {
    private final long times;
    private final Duration least;
    private final Duration most;
    private final LongSupplier nanos;
    private volatile Duration rest;
    private volatile long since;

    /**
     * @param times how many times as long as it works it rests
     * @param least how long it rests at least
     * @param most how long it rests at most
     * @param nanos a clock like {@link System#nanoTime}
     */
    public TimeShare(long times, Duration least, Duration most, LongSupplier nanos) {
        this.times = times;
        this.least = least;
        this.most = most;
        this.nanos = nanos;
        this.rest = least;
        this.since = nanos.getAsLong() - most.toNanos();
    }

    /** How long to rest after what was done last. */
    public Duration rest() {
        return rest;
    }

    /** Whether it has rested. */
    public boolean isRested() {
        return nanos.getAsLong() - since >= rest.toNanos();
    }

    /** Does some work, and measures it. */
    public <T> T measured(Supplier<T> work) {
        long began = nanos.getAsLong();
        try {
            return work.get();
        } finally {
            since = nanos.getAsLong();
            rest = within(Duration.ofNanos(since - began).multipliedBy(times));
        }
    }

    private Duration within(Duration wanted) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
