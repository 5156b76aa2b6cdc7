// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.engine.SkeinException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The rim of a run: however it ends, whoever waits for it is told, since what nobody foresaw mostly
 * happens again and would be begun again for ever.
 */
final class LastWord {
    private static final Logger LOG = Logger.getLogger(LastWord.class);

    private LastWord() {}

    /** A run. */
    interface Telling {
        /** Runs; whether it is settled. */
        boolean tell() throws InterruptedException;
    }

    /**
     * Runs.
     *
     * @param database for the log
     * @param unforeseen answers an end that nobody foresaw; whether that could be said
     * @return whether it is settled: else it is to be begun again, after a pause
     */
    static boolean of(String database, Telling run, Consumer<Throwable> unforeseen) {
        try {
            return run.tell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (SkeinException e) {
            LOG.errorf("run database=%s: %s", database, e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            // A revision that is nested too deeply overflows the stack, at every attempt.
            LOG.errorf(e, "run database=%s: unexpected", database);
            return isSaid(database, unforeseen, e);
        }
    }

    private static boolean isSaid(
            String database, Consumer<Throwable> unforeseen, Throwable unexpected) {
        try {
            unforeseen.accept(unexpected);
            return true;
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "run database=%s: its end could not be told", database);
            return false;
        }
    }
}
