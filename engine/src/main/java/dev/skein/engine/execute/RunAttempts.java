// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** The attempts at one order: where a connection breaks, the story is told from its beginning. */
final class RunAttempts {
    private static final long FIRST_MILLIS = 200;

    private final MigrationOrder order;
    private final Brake brake;
    private final WalkedPath heard;
    private final Duration bound;
    private long since;
    private int committed;

    /**
     * @param bound from the first loss, after which no other attempt is begun unless something was
     *     committed meanwhile
     */
    RunAttempts(MigrationOrder order, Brake brake, WalkedPath heard, Duration bound) {
        this.order = order;
        this.brake = brake;
        this.heard = heard;
        this.bound = bound;
    }

    /** Repeats an attempt as long as it is cut off and may be repeated; gives the last outcome. */
    Outcome untilSettled(Supplier<Outcome> attempt) {
        var outcome = attempt.get();
        since = System.nanoTime();
        committed = heard.committed();
        for (int n = 0; outcome instanceof Outcome.Lost lost && isCut(lost) && mayRepeat(n); n++) {
            heard.reconnecting(discreet(lost.reason()));
            pause(n);
            var next = attempt.get();
            // A server that restarts refuses connections for a while: still the same cut.
            outcome = next instanceof Outcome.Lost other && !isCut(other) ? outcome : next;
        }
        return outcome;
    }

    /** A stamp is not repeated: relative to where it led, it would mean something else. */
    private boolean isCut(Outcome.Lost lost) {
        return !(order.goal() instanceof Goal.Stamp)
                && ((lost.reason() instanceof Unreachable reason && reason.wasConnected())
                        || (lost.reason() instanceof PgServerError e && e.isShutDown()));
    }

    private boolean mayRepeat(int attempt) {
        if (heard.committed() > committed) {
            since = System.nanoTime();
            committed = heard.committed();
        }
        boolean tooLong = System.nanoTime() - since > bound.toNanos();
        return !tooLong && attempt < order.limits().retries() && !brake.isPulled();
    }

    /** It is told far from the database's site: without row values. */
    private static String discreet(SkeinException reason) {
        return reason instanceof PgServerError error ? error.discreet() : reason.found();
    }

    private static void pause(int attempt) {
        long base = FIRST_MILLIS << Math.min(attempt, 6);
        try {
            Thread.sleep(base + ThreadLocalRandom.current().nextLong(base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // connecting sees it and ends the run
        }
    }
}
