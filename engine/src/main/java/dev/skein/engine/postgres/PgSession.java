// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
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

    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final PgConnection connection;
    private final String subject;
    private final Predicate<PgConnection> keeper;

    /**
     * @param keeper takes the connection over when this is closed, or says that it does not
     */
    PgSession(PgConnection connection, String subject, Predicate<PgConnection> keeper) {
        this.connection = connection;
        this.subject = subject;
        this.keeper = keeper;
        connection.noticeHandler(notice -> {});
    }

    /** The server process's id as the start-up said; a pooler shows another one. */
    public int processId() {
        return connection.processId();
    }

    /** The server's major version. */
    public int major() {
        return connection.databaseMetadata().majorVersion();
    }

    /** What errors of this session are about. */
    public String subject() {
        return subject;
    }

    /** Runs one statement with parameters ($1, $2, …) and waits at most a minute. */
    public RowSet<Row> query(String sql, @Nullable Object... parameters) {
        return await(connection.preparedQuery(sql).execute(Tuple.from(parameters)), SHORT);
    }

    /** Runs statements as one message, one round trip; gives the first one's rows. */
    public RowSet<Row> script(String sql, Duration bound) {
        return await(send(sql), bound);
    }

    /** Sends statements as one message without waiting. The text must hold a statement. */
    public Future<RowSet<Row>> send(String sql) {
        return connection.query(sql).execute();
    }

    /**
     * Sends statements as one message without waiting, and counts those that complete: when one
     * fails, the count tells which.
     */
    public Counted sendCounted(String sql) {
        var completed = new AtomicInteger();
        Collector<Row, List<Row>, List<Row>> collector =
                Collector.of(
                        ArrayList::new,
                        List::add,
                        (a, b) -> {
                            throw new IllegalStateException("rows come one after the other");
                        },
                        rows -> {
                            completed.incrementAndGet();
                            return rows;
                        });
        return new Counted(connection.query(sql).collecting(collector).execute(), completed);
    }

    /**
     * Statements on their way.
     *
     * @param answer the first statement's rows; the others' follow it
     * @param completed how many have completed so far
     */
    public record Counted(Future<SqlResult<List<Row>>> answer, AtomicInteger completed) {}

    /** Waits for something sent; see {@link Await#get}. */
    public <T> T await(Future<T> sent, Duration bound) {
        try {
            return Await.get(subject, sent, bound);
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                cancelWhatRuns();
            }
            throw e;
        }
    }

    /** The thread is to end: the server must not go on with what it was sent. */
    private void cancelWhatRuns() {
        Thread.interrupted(); // cancelling waits, too
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
            Thread.currentThread().interrupt();
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
            if (!keeper.test(connection)) {
                Await.get(subject, connection.close(), CLOSE);
            }
        } catch (Unreachable e) {
            // It is gone already: nothing is left to close.
            System.getLogger(PgSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing {0}: {1}", subject, e.found());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
