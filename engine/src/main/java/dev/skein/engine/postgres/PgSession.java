// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one database, used from one thread at a time. Every wait has a bound. Messages
 * sent without waiting are answered in order ({@link #send}).
 */
public final class PgSession implements AutoCloseable {
    /** What to do about a pooler between us and the server. */
    public static final String POOLER_HINT =
            "Give the server's own address ('url' of the database or server), not the pooler's";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** Enough to tell one row from several; a statement may give more than memory holds. */
    private static final int KEPT_ROWS = 2;

    private final PgConnection connection;
    private final Channel channel;
    private final DatabaseAddress address;
    private final String subject;
    private final Predicate<PgConnection> keeper;
    private volatile @Nullable String aborted;
    private volatile @Nullable Duration longest;
    private volatile boolean silent;

    /**
     * @param keeper takes the connection over when this is closed, or says that it does not
     */
    PgSession(PgConnection connection, DatabaseAddress address, Predicate<PgConnection> keeper) {
        this.connection = connection;
        this.address = address;
        this.subject = "Database " + address;
        this.keeper = keeper;
        this.channel = PooledConnections.channel(connection);
        KeepAliveProbes.ask(channel);
        connection.noticeHandler(notice -> {});
        // What breaks a connection fails what waits for an answer, too, and is told there.
        connection.exceptionHandler(e ->
                System.getLogger(PgSession.class.getName())
                        .log(System.Logger.Level.DEBUG, "{0}: {1}", subject, e.getMessage()));
    }

    Channel channel() {
        return channel;
    }

    /** The server process's id as the start-up said; a pooler shows another one. */
    public int processId() {
        return connection.processId();
    }

    /** The server's major version. */
    public int major() {
        return connection.databaseMetadata().majorVersion();
    }

    /** Who logged in. */
    public String user() {
        return address.user();
    }

    /** What errors of this session are about. */
    public String subject() {
        return subject;
    }

    /** Runs one statement with parameters ($1, $2, …) and waits at most a minute. */
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        var tuple = Tuple.from(parameters);
        return await(sent(() -> connection.preparedQuery(sql).execute(tuple)), QUERY_TIMEOUT);
    }

    /** Runs statements as one message, one round trip; gives the first one's rows. */
    public RowSet<Row> script(String sql, Duration bound) {
        return await(send(sql), bound);
    }

    /**
     * The same for what may take long, ended where somebody asks for it: the server is told, too.
     * Nothing more is to be asked of the session then.
     *
     * @param stop asked several times a second
     * @throws SkeinException with {@link ErrorCode#INTERRUPTED} if it was stopped
     */
    public RowSet<Row> script(String sql, Duration bound, BooleanSupplier stop) {
        var sent = send(sql);
        return waited(() -> Await.get(subject, sent, shorter(bound), stop));
    }

    /** Sends statements as one message without waiting. The text must hold a statement. */
    public Future<RowSet<Row>> send(String sql) {
        return sent(() -> connection.query(sql).execute());
    }

    /**
     * Sends statements as one message without waiting, and counts those that complete: when one
     * fails, the count tells which. However many rows they give, only the first two of each
     * statement are kept.
     */
    public Counted sendCounted(String sql) {
        var completed = new AtomicInteger();
        Collector<Row, List<Row>, List<Row>> collector =
                Collector.of(
                        ArrayList::new,
                        PgSession::keep,
                        (a, b) -> {
                            throw new IllegalStateException("rows come one after the other");
                        },
                        rows -> {
                            completed.incrementAndGet();
                            return rows;
                        });
        return new Counted(
                sent(() -> connection.query(sql).collecting(collector).execute()), completed);
    }

    /** A client that is closed refuses at once what goes through it. */
    static <T> Future<T> sent(Supplier<Future<T>> sending) {
        try {
            return sending.get();
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(e);
        }
    }

    private static void keep(List<Row> rows, Row row) {
        if (rows.size() < KEPT_ROWS) {
            rows.add(row);
        }
    }

    /**
     * Statements on their way.
     *
     * @param answer the first statement's first rows; the others' follow it
     * @param completed how many have completed so far
     */
    public record Counted(Future<SqlResult<List<Row>>> answer, AtomicInteger completed) {}

    /**
     * Lets no answer take longer from now on, whatever bound it is waited for with; null lifts it.
     */
    public void answersWithin(@Nullable Duration bound) {
        longest = bound;
    }

    /** Whether somebody has waited for an answer in vain: there is no use in asking more. */
    public boolean isSilent() {
        return silent;
    }

    private Duration shorter(Duration bound) {
        var most = longest;
        return most != null && most.compareTo(bound) < 0 ? most : bound;
    }

    /** Waits for something sent; see {@link Await#get}. */
    public <T> T await(Future<T> sent, Duration bound) {
        return waited(() -> Await.get(subject, sent, shorter(bound)));
    }

    private <T> T waited(Supplier<T> waiting) {
        try {
            return waiting.get();
        } catch (SkeinException e) {
            silent |= e.getCause() instanceof TimeoutException;
            if (e.code() == ErrorCode.INTERRUPTED) {
                cancelWhatRuns();
            }
            var why = aborted;
            throw why != null && e instanceof Unreachable
                    ? new Unreachable(subject, why, Await.RUN_AGAIN, true, e)
                    : e;
        }
    }

    /**
     * Breaks the connection at once, from any thread. Whoever waits for an answer is told that it
     * is lost.
     *
     * @param why what is found, for the error
     */
    public void abort(String why) {
        aborted = why;
        OpenConnections.breakOff(channel);
    }

    /** Nobody waits any more: the server must not go on with what it was sent. */
    private void cancelWhatRuns() {
        boolean interrupted = Thread.interrupted(); // cancelling waits, too
        try {
            cancel();
        } catch (SkeinException e) {
            System.getLogger(PgSession.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: not cancelled: {1}",
                            subject,
                            e.found());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks the server to cancel what this session runs, over a second connection. */
    public void cancel() {
        Promise<Void> asked = Promise.promise();
        connection.cancelRequest(asked);
        Await.get(subject, asked.future(), CLOSE);
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // an interrupted thread still has to let go
        try {
            if (silent) {
                OpenConnections.breakOff(channel); // nobody would take leave of us
            } else if (aborted != null || !keeper.test(connection)) {
                Await.get(subject, sent(connection::close), CLOSE);
            }
        } catch (Unreachable e) {
            // It is gone already, or so silent that nobody takes leave of it.
            OpenConnections.breakOff(channel);
            System.getLogger(PgSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing {0}: {1}", subject, e.found());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
