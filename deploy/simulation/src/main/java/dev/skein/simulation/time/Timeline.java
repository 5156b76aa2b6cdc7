// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import java.time.Instant;

/** What is to happen, in its order; time goes from one event to the next. */
public final class Timeline {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private final Agenda due = new Agenda();
    private long now;
    private long order;

    /** Milliseconds since the history began. */
    public long now() {
        return now;
    }

    /** What a clock shows that is right. */
    public Instant instant() {
        return BEGIN.plusMillis(now);
    }

    /** Has something happen after so many milliseconds. */
    public void in(long millis, Runnable what) {
        due.add(now + Math.max(0, millis), order++, what);
    }

    /** Lets all happen that is due until then. */
    public void until(long end) {
        while (due.hasUntil(end)) {
            now = due.firstAt();
            due.remove().run();
        }
        now = end;
    }

    /** How much has happened. */
    public long events() {
        return order;
    }
}
