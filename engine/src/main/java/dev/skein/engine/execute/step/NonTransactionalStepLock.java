// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Optional;

/**
 * One step outside a transaction at a time in a database: CREATE INDEX CONCURRENTLY waits for every
 * older snapshot, so two tenants' schemas of one database would wait for each other.
 */
final class NonTransactionalStepLock implements AutoCloseable {
    static final int CLASS = 0x534b4949; // "SKII"

    private static final String KEY = CLASS + ", " + CLASS;
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 250;

    private final PgSession session;

    private NonTransactionalStepLock(PgSession session) {
        this.session = session;
    }

    /**
     * Polls for it; a waiter in the server would hold a snapshot. However long the other takes, it
     * is no failure of this one.
     *
     * @return nothing where the brake was pulled
     */
    static Optional<NonTransactionalStepLock> take(StepContext context) {
        var session = context.session();
        boolean told = false;
        while (!isTrue(session, "pg_try_advisory_lock")) {
            if (context.brake().isPulled()) {
                return Optional.empty();
            }
            if (!told) {
                context.progress().waitingForLock("another schema's step outside a transaction");
                told = true;
            }
            pause();
        }
        return Optional.of(new NonTransactionalStepLock(session));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the next question sees it and ends the run
        }
    }

    private static boolean isTrue(PgSession session, String function) {
        var rows = session.script("SELECT " + function + "(" + KEY + ")", QUERY_TIMEOUT);
        return rows.iterator().next().getBoolean(0);
    }

    /** A session that broke has given it back already. */
    @Override
    public void close() {
        try {
            isTrue(session, "pg_advisory_unlock");
        } catch (SkeinException e) {
            System.getLogger(NonTransactionalStepLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", session.subject(), e.found());
        }
    }
}
