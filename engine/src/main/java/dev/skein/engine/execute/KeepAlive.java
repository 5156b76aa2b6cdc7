// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;

/**
 * Keeps a session from being ended for idling while others work for it. A process that is stopped
 * says nothing any more: then its session ends, and with it its lock.
 */
final class KeepAlive implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(8);

    private final Thread thread;

    private KeepAlive(Thread thread) {
        this.thread = thread;
    }

    /** Begins. */
    static KeepAlive of(PgSession session) {
        return new KeepAlive(Thread.startVirtualThread(() -> turn(session)));
    }

    private static void turn(PgSession session) {
        try {
            while (true) {
                Thread.sleep(EVERY);
                session.script("SELECT 1", EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (SkeinException e) {
            // Closed, or the session is gone: who uses it next is told by its own statement.
            System.getLogger(KeepAlive.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", session.subject(), e.found());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
