// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotNow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What people read of the log: a few at a time, each statement within a bound, so that no search
 * can hold up what is appended and signed. They share the pool of the database, which is larger
 * than their number, and so whatever an operator sets for it (TLS, names, timeouts).
 */
@ApplicationScoped
public class LogReads {
    private static final int MOST = 5;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final Db db;
    private final Duration bound;
    private final Semaphore places;

    /**
     * @param connections how many the pool has: half of them are left to who writes
     */
    @Inject
    public LogReads(
            Db db, @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
        this(db, READ_TIMEOUT, places(connections));
    }

    static int places(int connections) {
        return Math.clamp(connections / 2, 1, MOST);
    }

    /**
     * @param bound how long a statement may take, and waiting for a place
     */
    public LogReads(Db db, Duration bound, int atOnce) {
        this.db = db;
        this.bound = bound;
        this.places = new Semaphore(atOnce, true);
    }

    /**
     * Reads; blocks, for the bound at most, until there is a place.
     *
     * @throws SkeinException where it takes too long, or too many read
     */
    public <T> T call(Function<Db.Tx, T> work) {
        enter();
        try {
            return db.call(tx -> bounded(tx, work));
        } catch (PgServerError e) {
            if (!e.isCancelled()) {
                throw e;
            }
            throw SkeinException.usage(
                    "Search",
                    "it took more than %s s and was ended".formatted(seconds()),
                    "Name a database, a rollout, a revision or an actor, or a shorter time");
        } finally {
            places.release();
        }
    }

    /**
     * Does in such a place what is to be done before somebody can read.
     *
     * @throws SkeinException where too many read
     */
    public void before(Runnable work) {
        enter();
        try {
            work.run();
        } finally {
            places.release();
        }
    }

    private void enter() {
        if (!entered()) {
            throw new NotNow(
                    "Search",
                    "others were being answered for %s s".formatted(seconds()),
                    "Try again in a while");
        }
    }

    private boolean entered() {
        try {
            return places.tryAcquire(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotNow("Search", "it was interrupted", "Try again");
        }
    }

    private <T> T bounded(Db.Tx tx, Function<Db.Tx, T> work) {
        tx.query(
                """
                SELECT set_config('statement_timeout', $1, true), set_config('transaction_read_only',
                    'on', true)
                """,
                bound.toMillis() + "ms");
        return work.apply(tx);
    }

    private double seconds() {
        return bound.toMillis() / 1000.0;
    }
}
