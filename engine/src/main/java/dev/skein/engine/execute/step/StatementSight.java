// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.nontransactional.NonTransactionalForm;
import dev.skein.engine.nontransactional.NonTransactionalForm.Finding;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a statement outside a transaction is observed: by what the catalog shows of it.
 *
 * @param before what was noted before it ran
 */
record StatementSight(PgSession session, NonTransactionalForm form, Map<String, String> before) {
    private static final int CLEANINGS = 5;
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BUSY = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 500;

    /** What the catalog shows after a statement; what a failed one left is removed. */
    Finding settled(boolean failed) {
        var finding = failed ? waitWhileRunning() : observe();
        return failed && finding == Finding.BROKEN ? cleaned() : finding;
    }

    /** The same of a statement that an earlier run was cut off at; what is broken is removed. */
    Finding recovered() {
        var finding = waitWhileRunning();
        return finding == Finding.BROKEN ? cleaned() : finding;
    }

    private Finding observe() {
        return form.observe(session, before);
    }

    /** Our own session outlives a client that was killed by some seconds. */
    private Finding waitWhileRunning() {
        long end = System.nanoTime() + BUSY.toNanos();
        var finding = observe();
        while (finding == Finding.RUNNING && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the next question sees it and ends the run
            }
            finding = observe();
        }
        return finding;
    }

    /**
     * Cleaning up waits for every older transaction on the table, as the statement itself does; a
     * build beside it waits for us, and so one of the two can be a deadlock's victim.
     */
    private Finding cleaned() {
        var failure = cleanUp();
        for (int n = 1; n < CLEANINGS && failure != null && failure.isRetriable(); n++) {
            failure = cleanUp();
        }
        if (failure != null) {
            System.getLogger(NonTransactionalStep.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: what the statement left is still there: {1}",
                            session.subject(),
                            failure.found());
        }
        return observe();
    }

    private @Nullable PgServerError cleanUp() {
        return patiently(0, () -> form.cleanUp(session, before));
    }

    /** Runs something that may wait for locks as long as it takes; gives the server's error. */
    @Nullable PgServerError patiently(long statementTimeout, Runnable work) {
        session.script(
                "SET lock_timeout = 0; SET statement_timeout = " + statementTimeout, QUERY_TIMEOUT);
        try {
            work.run();
            return null;
        } catch (PgServerError e) {
            return e;
        } finally {
            session.script("RESET lock_timeout; RESET statement_timeout", QUERY_TIMEOUT);
        }
    }
}
