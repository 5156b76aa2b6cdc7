// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long to go on trying to reach a database: counted from the moment when it was lost, however
 * long the work took that lost it. Work that is lost again and again, after however long a time, is
 * itself what ends the server; the third loss is the last whose time is counted anew.
 */
public final class OutOfReach {
    private static final int LOSSES = 3;

    private final Clock clock;
    private final Duration patience;
    private Instant began;
    private @Nullable Instant since;
    private int losses;

    public OutOfReach(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
        this.began = clock.instant();
    }

    /** One more attempt begins. */
    public void attempt() {
        began = clock.instant();
    }

    /** The attempt ended without the database; whether that is for too long now. */
    public boolean isTooLong() {
        var now = clock.instant();
        var lost = since;
        boolean worked = Duration.between(began, now).compareTo(patience) > 0;
        if (lost == null || (worked && losses < LOSSES)) {
            losses++;
            lost = now;
            since = now;
        }
        return now.isAfter(lost.plus(patience));
    }
}
