// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;

/**
 * What the first question to a database tells: who answers, and whether the lock was free. The lock
 * is tried in the same round trip, but only by the server itself, never through a pooler.
 */
record ServerProbe(
        int processId,
        boolean standby,
        DatabaseIdentity identity,
        String user,
        boolean mayCreate,
        boolean known,
        boolean batching,
        boolean keeping,
        boolean forbidden,
        boolean locked) {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String QUESTION =
            """
            SELECT pg_backend_pid() AS pid,
                pg_is_in_recovery() AS standby,
                %s,
                current_user::text AS who,
                has_database_privilege(current_database(), 'CREATE') AS may_create,
                to_regclass('skein.state') IS NOT NULL AS known,
                to_regclass('skein.batch') IS NOT NULL AS batching,
                %s AS keeping,
                %s AS forbidden,
                CASE
                    WHEN pg_is_in_recovery() OR pg_backend_pid() <> %%s THEN false
                    ELSE %%s
                END AS locked
            """
                    .formatted(
                            DatabaseIdentity.COLUMNS.replace("%", "%%"),
                            KeptCatalog.IS_KEPT.replace("%", "%%"),
                            ForbiddingDefaults.IN_FORCE.replace("%", "%%"));

    static ServerProbe ask(PgSession session, String lock, Scope scope) {
        var text = QUESTION.formatted(session.processId(), lock);
        return of(session.script(text, QUERY_TIMEOUT).iterator().next(), scope);
    }

    private static ServerProbe of(Row row, Scope scope) {
        return new ServerProbe(
                row.getInteger("pid"),
                row.getBoolean("standby"),
                DatabaseIdentity.of(row, scope.site()),
                row.getString("who"),
                row.getBoolean("may_create"),
                row.getBoolean("known"),
                row.getBoolean("batching"),
                row.getBoolean("keeping"),
                row.getBoolean("forbidden"),
                row.getBoolean("locked"));
    }

    /** Refuses poolers and standbys. */
    void refuseUnfit(PgSession session) {
        if (processId != session.processId()) {
            throw new RunRefusal(
                    session.subject(), "this is a connection pooler", PgSession.POOLER_HINT);
        }
        if (standby) {
            throw new RunRefusal(
                    session.subject(),
                    "this server is a standby and read-only",
                    "Give the primary's address");
        }
        if (forbidden) {
            ForbiddingDefaults.refuse(session);
        }
    }

    /** Refuses to make a journal where the user has no right to. */
    void refuseWithoutGrant(PgSession session, boolean journalExists) {
        if (!journalExists && !mayCreate) {
            throw new RunRefusal(
                    session.subject(),
                    "user " + user + " may not create the schema 'skein'",
                    "GRANT CREATE ON DATABASE "
                            + SqlLiterals.name(identity.place())
                            + " TO "
                            + SqlLiterals.name(user));
        }
    }
}
