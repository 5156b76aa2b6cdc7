// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long to go on trying to reach a database: counted from the moment when it was lost, however
 * long the work took that lost it. Work that is lost again and again, after however long a time, is
 * itself what ends the server; the third loss is the last whose time is counted anew. Counted by a
 * clock that nobody sets.
 */
public final class OutOfReach {
    private static final int LOSSES = 3;

    private final LongSupplier nanos;
    private final Duration patience;
    private long began;
    private long since;
    private int losses;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    public OutOfReach(LongSupplier nanos, Duration patience) {
        this.nanos = nanos;
        this.patience = patience;
        this.began = nanos.getAsLong();
    }

    /** One more attempt begins. */
    public void attempt() {
        began = nanos.getAsLong();
    }

    /** The attempt ended without the database; whether that is for too long now. */
    public boolean isTooLong() {
        long now = nanos.getAsLong();
        boolean worked = now - began > patience.toNanos();
        if (losses == 0 || (worked && losses < LOSSES)) {
            losses++;
            since = now;
        }
        return now - since > patience.toNanos();
    }
}
