// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for what has to come, and says how long that took. */
record FleetWait(Consumer<String> talk) {
    private static final long LOOK_MILLIS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** Seconds since a moment of {@link System#nanoTime}. */
    static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** The only number that a query gives. */
    static long number(PgSession session, String sql) {
        return session.query(sql).iterator().next().getLong(0);
    }

    void until(String what, BooleanSupplier is) throws InterruptedException {
        long began = System.nanoTime();
        while (!is.getAsBoolean()) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        talk.accept("  %s: %.1f s".formatted(what, since(began)));
    }
}
