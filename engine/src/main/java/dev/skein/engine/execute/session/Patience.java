// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a step, or what is read outside of steps, be tried again after a lock timeout, a deadlock, a
 * serialization failure or the watcher's word, up to a bound.
 */
public final class Patience {
    private static final long FIRST_MILLIS = 200;
    private static final String CANCELLED = "57014";

    private final Limits limits;
    private final WatchedSession guarded;
    private final Progress progress;
    private int attempts;

    public Patience(Limits limits, WatchedSession guarded, Progress progress) {
        this.limits = limits;
        this.guarded = guarded;
        this.progress = progress;
    }

    /** Whether somebody cancelled it: the watcher, or a person. */
    public static boolean isCancelled(PgServerError error) {
        return error.sqlState().equals(CANCELLED);
    }

    /** A step is done; the next one has all its attempts. */
    public void renew() {
        attempts = 0;
    }

    /** Pauses where waiting can heal the error and attempts are left; else says no. */
    public boolean bears(Step step, StepFailure stumble) {
        return bears(
                stumble.error(),
                stumble.failure().discreetMessage(),
                (reason, pause) -> progress.retrying(step, reason, pause));
    }

    /**
     * Reads something outside of steps, with all the attempts that a step has.
     *
     * @throws PgServerError if waiting does not heal it, or the last attempt failed
     */
    public <T extends @Nullable Object> T reading(Supplier<T> reading) {
        renew();
        while (true) {
            try {
                return reading.get();
            } catch (PgServerError e) {
                if (!bears(e, e.discreetMessage(), progress::readingAgain)) {
                    throw e;
                }
            }
        }
    }

    /**
     * What is in the way is told far from the database's site, so without row values.
     *
     * @param says the error's message without them
     */
    private boolean bears(PgServerError error, String says, BiConsumer<String, Duration> told) {
        var yielded = isCancelled(error) ? guarded.yielded() : null;
        boolean cancelled = yielded != null;
        var reason = yielded != null ? yielded : error.sqlState() + " " + says;
        if ((!cancelled && !error.isRetriable()) || attempts >= limits.retries()) {
            return false;
        }
        pause(reason, told);
        attempts++;
        return true;
    }

    private void pause(String reason, BiConsumer<String, Duration> told) {
        long base = FIRST_MILLIS << Math.min(attempts, 6);
        var pause = Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base));
        told.accept(reason, pause);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the next message sees it and ends the run
        }
    }
}
