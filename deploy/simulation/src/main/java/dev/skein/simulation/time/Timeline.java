// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import java.time.Instant;
import java.util.PriorityQueue;

/** What is to happen, in its order; time goes from one event to the next. */
public final class Timeline {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
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
        due.add(new Due(now + Math.max(0, millis), order++, what));
    }

    /** Lets all happen that is due until then. */
    public void until(long end) {
        while (!due.isEmpty() && due.peek().at() <= end) {
            var next = due.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }

    /** How much has happened. */
    public long events() {
        return order;
    }
}
