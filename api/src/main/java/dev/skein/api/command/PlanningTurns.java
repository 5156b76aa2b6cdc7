// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Who makes a plan reads a whole fleet: few do so at once, the others wait for their turn, and hold
 * no connection meanwhile. Who only wants to see one waits for others of that kind, and keeps
 * nobody who acts from acting.
 */
@ApplicationScoped
public class PlanningTurns {
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore turns;
    private final Semaphore looks;
    private final Duration patience;

    public PlanningTurns() {
        this(AT_ONCE, PATIENCE);
    }

    /**
     * @param patience how long somebody waits for a turn
     */
    PlanningTurns(int atOnce, Duration patience) {
        this.turns = new Semaphore(atOnce, true);
        this.looks = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /**
     * Works in a turn.
     *
     * @param subject what is planned
     * @throws SkeinException if there is none for too long
     */
    <T> T call(String subject, Supplier<T> work) {
        return call(turns, subject, work);
    }

    /** The same of what is only looked at. */
    <T> T look(String subject, Supplier<T> work) {
        return call(looks, subject, work);
    }

    private <T> T call(Semaphore free, String subject, Supplier<T> work) {
        await(free, subject);
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    /** {@link #call} without a result. */
    void run(String subject, Runnable work) {
        call(
                subject,
                () -> {
                    work.run();
                    return true;
                });
    }

    private void await(Semaphore free, String subject) {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw none(subject, "no turn was free within %d s: others are planned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw none(subject, "interrupted");
        }
    }

    private SkeinException none(String subject, String found) {
        return new SkeinException(
                ErrorCode.INTERRUPTED,
                subject,
                found.formatted(patience.toSeconds()),
                "Try again",
                null);
    }
}
