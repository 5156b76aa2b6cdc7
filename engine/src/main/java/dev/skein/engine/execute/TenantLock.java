// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The advisory lock of one target in its database, held by a session. It is polled and never waited
 * for: a waiter in the server holds a snapshot, and CREATE INDEX CONCURRENTLY would wait for it.
 */
final class TenantLock {
    private static final int CLASS = 0x534b4549; // "SKEI"
    private static final String TRY = "pg_try_advisory_lock(" + CLASS + ", hashtext($1))";
    private static final long POLL_MILLIS = 100;

    private final PgSession session;
    private final String target;

    TenantLock(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    /** The expression that tries it, for use in a larger query; $1 is the target. */
    static String expression() {
        return TRY;
    }

    /** Polls until it is ours, or refuses after the bound, naming the holder. */
    void acquire(Duration bound, Progress progress) {
        long end = System.nanoTime() + bound.toNanos();
        boolean told = false;
        while (!tried()) {
            if (!told) {
                progress.waitingForLock(holder());
                told = true;
            }
            if (System.nanoTime() > end) {
                throw new Busy(session.subject(), holder());
            }
            pause();
        }
    }

    private boolean tried() {
        return session.query("SELECT " + TRY, target).iterator().next().getBoolean(0);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS + ThreadLocalRandom.current().nextLong(POLL_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String holder() {
        var rows =
                session.query(
                        "SELECT a.pid, a.usename::text, a.application_name, a.backend_start::text"
                                + " FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE"
                                + " l.locktype = 'advisory' AND l.granted AND l.classid = $2"
                                + " AND l.objid = (hashtext($1)::bigint & 4294967295)::oid AND"
                                + " l.database = (SELECT oid FROM pg_database WHERE datname ="
                                + " current_database())",
                        target,
                        (long) CLASS);
        if (rows.size() == 0) {
            return "unknown";
        }
        Row row = rows.iterator().next();
        return "process %s (%s, user %s, since %s)"
                .formatted(row.getInteger(0), row.getString(2), row.getString(1), row.getString(3));
    }

    /** Gives it back; the session's end would too. */
    void release() {
        session.query("SELECT pg_advisory_unlock(" + CLASS + ", hashtext($1))", target);
    }
}
