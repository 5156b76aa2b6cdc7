// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.database;

import dev.skein.engine.postgres.Await;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PooledConnections;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.engine.postgres.WholeText;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a service's own database, told from top to bottom on the calling thread, which
 * must not be an event loop. Lock order everywhere: positions of what a service reads back (by
 * topic and partition), whether the database is to be trusted, stream heads by name, wave tallies,
 * targets by uid, then the rows that only one of them leads to. A feed's own positions come last:
 * who holds one waits for nothing else.
 */
public class Db {
    private static final int ATTEMPTS = 5;
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    /** The server ends what takes longer, before we give it up: nothing runs on for nobody. */
    private static final Duration STATEMENT_BOUND = TRANSACTION_TIMEOUT.minusSeconds(2);

    /**
     * The server ends a transaction of whom it hears nothing for so long: a process that is frozen
     * in the middle of one holds no lock that its successor needs.
     */
    private static final Duration SILENCE_BOUND = Duration.ofSeconds(5);

    /**
     * A plan is made for the parameters and the tables as they are now. One that is kept was made
     * for a table that was empty then, or for a search that leaves open what this one asks for.
     */
    private static final String PLANNED_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan";

    /** More connections than any pool has: each may have statements from before an upgrade. */
    private static final int STALE = 64;

    private final String subject;
    private final Pool pool;
    private final String begin;

    /**
     * @param subject what its errors are about
     */
    public Db(String subject, Pool pool) {
        this(subject, pool, STATEMENT_BOUND, SILENCE_BOUND);
    }

    /**
     * The same.
     *
     * @param statements how long a statement may take
     * @param silence how long a transaction lasts of which nothing is heard
     */
    Db(String subject, Pool pool, Duration statements, Duration silence) {
        this.subject = subject;
        this.pool = pool;
        this.begin =
                "BEGIN; SET LOCAL statement_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d; %s"
                        .formatted(statements.toMillis(), silence.toMillis(), PLANNED_ANEW);
    }

    /** The same for whom an answer that takes longer is none. */
    public Db within(Duration statements) {
        return new Db(subject, pool, statements, SILENCE_BOUND);
    }

    /**
     * A transaction of a database that is none: what runs in it asks this connection nothing.
     *
     * @param connection what it would ask
     */
    protected final Tx over(SqlConnection connection) {
        return new Tx(connection, TRANSACTION_TIMEOUT);
    }

    /** One connection in one transaction. */
    public final class Tx {
        private final SqlConnection connection;
        private final Duration bound;
        private final List<Future<?>> sent = new ArrayList<>();
        private boolean broken;

        private Tx(SqlConnection connection, Duration bound) {
            this.connection = connection;
            this.bound = bound;
        }

        /** Runs a statement with parameters. */
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return watched(sending(sql, parameters));
        }

        /** Sends a statement without waiting for what becomes of it; {@link #settle} tells. */
        public void send(String sql, @Nullable Object... parameters) {
            sent.add(sending(sql, parameters));
        }

        private Future<RowSet<Row>> sending(String sql, @Nullable Object... parameters) {
            var whole = Tuple.from(WholeText.of(parameters));
            return connection.preparedQuery(sql).execute(whole);
        }

        /** Waits for what was sent, as the commit does; fails as the first that did. */
        public void settle() {
            watched(Future.all(List.copyOf(sent)));
            sent.clear();
        }

        /** After an error the server takes nothing more of this transaction, not even its end. */
        private <T> T watched(Future<T> future) {
            try {
                return Await.get(subject, future, bound);
            } catch (PgServerError e) {
                broken = true;
                throw e;
            }
        }

        /**
         * Runs work whose failure must not be the transaction's: it is undone by itself.
         *
         * @return how it failed; nothing where it did not
         * @throws PgServerError where the whole transaction has to be run again, or took too long
         */
        public Optional<RuntimeException> attempt(Runnable work) {
            settle();
            query("SAVEPOINT attempt");
            try {
                work.run();
                settle();
                query("RELEASE SAVEPOINT attempt");
                return Optional.empty();
            } catch (Unreachable e) {
                throw e;
            } catch (RuntimeException e) {
                if (e instanceof PgServerError error
                        && (error.isRetriable() || error.isCancelled() || error.isStale())) {
                    throw e;
                }
                sent.clear();
                query("ROLLBACK TO SAVEPOINT attempt");
                broken = false;
                return Optional.of(e);
            }
        }

        /**
         * The rows of a query, some after the other, as they were when it began: no more of them
         * are held at once than are taken at once.
         *
         * @param most how many are taken at once
         * @param taker may ask this transaction for other things
         */
        public <T> void parts(
                String sql,
                Function<Row, T> mapper,
                int most,
                Consumer<List<T>> taker,
                @Nullable Object... parameters) {
            var prepared = watched(connection.prepare(sql));
            try {
                var cursor = prepared.cursor(Tuple.from(WholeText.of(parameters)));
                do {
                    var part = new ArrayList<T>();
                    watched(cursor.read(most)).forEach(row -> part.add(mapper.apply(row)));
                    if (!part.isEmpty()) {
                        taker.accept(part);
                    }
                } while (cursor.hasMore());
            } finally {
                sent.add(prepared.close());
            }
        }

        /** The rows of a query, each turned into a value. */
        public <T> List<T> list(
                String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
            var list = new ArrayList<T>();
            query(sql, parameters).forEach(row -> list.add(mapper.apply(row)));
            return list;
        }
    }

    /**
     * Runs work in a transaction: committed when it returns, rolled back when it throws. A
     * deadlock's victim is run again, so the work must not change anything but the database.
     */
    public <T> T call(Function<Tx, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return callOnce(work);
            } catch (PgServerError e) {
                if (!e.isRetriable() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T> T callOnce(Function<Tx, T> work) {
        return borrowing(connection -> {
            await(connection.query(begin).execute());
            try {
                return callBegun(connection, work);
            } catch (Unreachable e) {
                throw e; // nobody answers to its end, either
            } catch (RuntimeException e) {
                await(connection.query("ROLLBACK").execute().mapEmpty().otherwiseEmpty());
                throw e;
            }
        });
    }

    private <T> T callBegun(SqlConnection connection, Function<Tx, T> work) {
        var tx = new Tx(connection, TRANSACTION_TIMEOUT);
        var result = work.apply(tx);
        tx.settle();
        if (tx.broken) {
            throw new IllegalStateException("an error of the server was passed over");
        }
        await(connection.query("COMMIT").execute());
        return result;
    }

    /**
     * Gives work a connection, and another one where the one that it got has statements from before
     * its schema was changed: nothing was done then.
     */
    private <T> T borrowing(Function<SqlConnection, T> work) {
        for (int stale = 0; ; stale++) {
            try {
                return borrowingOnce(work);
            } catch (PgServerError e) {
                if (!e.isStale() || stale == STALE) {
                    throw e;
                }
            }
        }
    }

    /** A connection that fell silent, or that is stale, is nothing for the next one. */
    private <T> T borrowingOnce(Function<SqlConnection, T> work) {
        var connection = await(pool.getConnection());
        try {
            return work.apply(connection);
        } catch (Unreachable e) {
            await(PooledConnections.breakOff(connection));
            throw e;
        } catch (PgServerError e) {
            if (e.isStale()) {
                await(PooledConnections.breakOff(connection));
            }
            throw e;
        } finally {
            await(connection.close());
        }
    }

    /** {@link #call} without a result. */
    public void run(Consumer<Tx> work) {
        call(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /**
     * Runs work that is one statement, which the server commits by itself: who is frozen after it
     * was sent holds nothing.
     *
     * @param bound how long an answer may take
     */
    public <T> T callSingle(Duration bound, Function<Tx, T> work) {
        return borrowing(connection -> work.apply(new Tx(connection, bound)));
    }

    /** {@link #callSingle} without a result. */
    public void runSingle(Duration bound, Consumer<Tx> work) {
        callSingle(
                bound,
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }

    /** Waits for something of this database. */
    public <T> T await(Future<T> future) {
        return Await.get(subject, future, TRANSACTION_TIMEOUT);
    }
}
