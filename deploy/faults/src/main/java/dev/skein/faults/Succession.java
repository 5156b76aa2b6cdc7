// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches who leads the replicas of the api. How long nobody did is counted from the last sign of
 * life of the one before, which is a little more than from its end.
 */
final class Succession implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final String ASK =
            "SELECT term, until, clock_timestamp() FROM leader WHERE name = 'relay'";

    /** What was seen of a leader last. */
    private record Seen(long term, OffsetDateTime until, OffsetDateTime renewed) {}

    private final StackUnderFaults world;
    private final List<Duration> gaps = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private Seen last = new Seen(0, OffsetDateTime.MIN, OffsetDateTime.MIN);

    Succession(StackUnderFaults world) {
        this.world = world;
        this.thread = Thread.ofPlatform().daemon().name("succession").start(this::watch);
    }

    private void watch() {
        try {
            while (!closed) {
                watchOneSession();
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    private void watchOneSession() throws InterruptedException {
        try (var session = world.open("control", "skein_api")) {
            while (!closed) {
                look(session);
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (SkeinException e) {
            forget(); // the database itself is down: nobody can lead
        }
    }

    private synchronized void forget() {
        last = new Seen(0, OffsetDateTime.MIN, OffsetDateTime.MIN);
    }

    private synchronized void look(PgSession session) {
        for (var row : session.query(ASK)) {
            var now = row.getOffsetDateTime(2);
            var seen = new Seen(row.getLong(0), row.getOffsetDateTime(1), now);
            if (last.term() != 0 && seen.term() != last.term()) {
                gaps.add(Duration.between(last.renewed(), now));
            }
            if (seen.term() != last.term() || !seen.until().equals(last.until())) {
                last = seen;
            }
        }
    }

    /** For how long nobody led, each time that it became another one. */
    synchronized List<Duration> gaps() {
        return List.copyOf(gaps);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
