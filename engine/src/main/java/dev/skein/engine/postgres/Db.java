// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a service's own database, told from top to bottom on the calling thread, which
 * must not be an event loop. Lock order everywhere: stream head, wave tally, targets by uid.
 */
public final class Db {
    private static final int ATTEMPTS = 5;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final String subject;
    private final Pool pool;

    /**
     * @param subject what its errors are about
     */
    public Db(String subject, Pool pool) {
        this.subject = subject;
        this.pool = pool;
    }

    /** One connection in one transaction. */
    public final class Tx {
        private final SqlConnection connection;
        private final List<Future<RowSet<Row>>> sent = new ArrayList<>();

        private Tx(SqlConnection connection) {
            this.connection = connection;
        }

        /** Runs a statement with parameters. */
        public RowSet<Row> query(String sql, @Nullable Object... parameters) {
            return await(connection.preparedQuery(sql).execute(Tuple.from(parameters)));
        }

        /** Sends a statement without waiting for what becomes of it; {@link #settle} tells. */
        public void send(String sql, @Nullable Object... parameters) {
            sent.add(connection.preparedQuery(sql).execute(Tuple.from(parameters)));
        }

        /** Waits for what was sent, as the commit does; fails as the first that did. */
        public void settle() {
            await(Future.all(List.copyOf(sent)));
            sent.clear();
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
                return once(work);
            } catch (PgServerError e) {
                if (!e.isRetriable() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Function<Tx, T> work) {
        var connection = await(pool.getConnection());
        try {
            var transaction = await(connection.begin());
            try {
                var tx = new Tx(connection);
                var result = work.apply(tx);
                tx.settle();
                await(transaction.commit());
                return result;
            } catch (RuntimeException e) {
                await(transaction.rollback().otherwiseEmpty());
                throw e;
            }
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

    /** A connection outside the pool's turnover, for a lock that lasts; the caller closes it. */
    public SqlConnection connection() {
        return await(pool.getConnection());
    }

    /** Waits for something of this database. */
    public <T> T await(Future<T> future) {
        return Await.get(subject, future, BOUND);
    }
}
