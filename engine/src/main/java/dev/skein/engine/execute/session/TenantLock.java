// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The advisory lock of one target in its database, held by a session. It is polled and never waited
 * for: a waiter in the server holds a snapshot, and CREATE INDEX CONCURRENTLY would wait for it.
 *
 * <p>A holder that works for a lower generation than ours is superseded: it gets a moment to end,
 * then its session is terminated. A holder without generation, a person's, is only waited for.
 */
public final class TenantLock {
    public static final int CLASS = 0x534b4549; // "SKEI"
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 100;

    private final PgSession session;
    private final MigrationOrder order;
    private final String key;

    TenantLock(PgSession session, MigrationOrder order) {
        this.session = session;
        this.order = order;
        this.key = CLASS + ", hashtext(" + SqlLiterals.text(order.target()) + ")";
    }

    /** The expression that tries it, for use in a larger query. */
    String expression() {
        return "pg_try_advisory_lock(" + key + ")";
    }

    /** Polls until it is ours, or refuses after the bound, naming the holder. */
    void acquire(Progress progress) {
        long began = System.nanoTime();
        boolean told = false;
        boolean ended = false;
        while (!tried()) {
            if (!told) {
                progress.waitingForLock(holder());
                told = true;
            }
            var waited = Duration.ofNanos(System.nanoTime() - began);
            if (!ended && waited.compareTo(GRACE) > 0) {
                endSuperseded();
                ended = true;
            }
            if (waited.compareTo(order.limits().lockWait()) > 0) {
                throw new LockBusy(session.subject(), holder());
            }
            pause();
        }
    }

    private boolean tried() {
        return session.script("SELECT " + expression(), QUERY_TIMEOUT)
                .iterator()
                .next()
                .getBoolean(0);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS + ThreadLocalRandom.current().nextLong(POLL_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The start of the process is compared, too: a number alone may be another's by now. A login
     * whose default role is another one could not note its start.
     */
    private void endSuperseded() {
        var generation = order.author().generation();
        if (generation == null) {
            return;
        }
        var known = session.script("SELECT to_regclass('skein.state') IS NOT NULL", QUERY_TIMEOUT);
        if (known.iterator().next().getBoolean(0)) {
            var superseded =
                    "SELECT holder_pid, holder_start::text FROM skein.state WHERE target = "
                            + SqlLiterals.text(order.target())
                            + " AND holder_generation < "
                            + generation;
            session.script(superseded, QUERY_TIMEOUT)
                    .forEach(row -> end(row.getInteger(0), row.getString(1)));
        }
    }

    private void end(int pid, @Nullable String start) {
        session.script(
                """
                %sSELECT pg_terminate_backend(a.pid)
                FROM pg_stat_activity a
                JOIN pg_locks l ON l.pid = a.pid
                WHERE a.pid = %s
                    AND a.backend_start = coalesce(%s, a.backend_start)
                    AND %s
                """
                        .formatted(
                                SqlLiterals.AS_LOGIN, pid, SqlLiterals.nullable(start), heldLock()),
                QUERY_TIMEOUT);
    }

    private String heldLock() {
        return """
        l.locktype = 'advisory'
            AND l.granted
            AND l.classid = %s
            AND l.objid = (hashtext(%s)::bigint & 4294967295)::oid
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
                .formatted(CLASS, SqlLiterals.text(order.target()));
    }

    private String holder() {
        var rows =
                session.script(
                                """
                                %sSELECT a.pid, a.usename::text, a.application_name, a.backend_start::text
                                FROM pg_locks l
                                JOIN pg_stat_activity a USING (pid)
                                WHERE %s
                                """
                                        .formatted(SqlLiterals.AS_LOGIN, heldLock()),
                                QUERY_TIMEOUT)
                        .next();
        if (rows.size() == 0) {
            return "unknown";
        }
        Row row = rows.iterator().next();
        return "process %s (%s, user %s, since %s)"
                .formatted(row.getInteger(0), row.getString(2), row.getString(1), row.getString(3));
    }

    /** Gives it back; the session's end would too. */
    void release() {
        var released = session.script("SELECT pg_advisory_unlock(" + key + ")", QUERY_TIMEOUT);
        if (!released.iterator().next().getBoolean(0)) {
            System.getLogger(TenantLock.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: a script gave the tenant''s lock away",
                            session.subject());
        }
    }
}
