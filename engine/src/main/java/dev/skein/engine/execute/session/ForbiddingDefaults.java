// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;

/**
 * Defaults of a role or database under which no run can do what its revisions say, and that a
 * session may not simply overrule: who made a database read-only meant it.
 */
final class ForbiddingDefaults {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String READ_ONLY = "default_transaction_read_only";

    /** Whether one of them is in force. */
    static final String IN_FORCE =
            "(current_setting('default_transaction_read_only') = 'on' OR"
                    + " current_setting('session_replication_role') <> 'origin')";

    private static final String SOURCES =
            """
            SELECT d.setting, current_setting(d.setting) AS value, s.role, s.database,
                current_database()::text AS here
            FROM (VALUES ('default_transaction_read_only', 'off'), ('session_replication_role', 'origin')) d(setting, normal)
            LEFT JOIN LATERAL (
                SELECT CASE WHEN setrole <> 0 THEN pg_get_userbyid(setrole)::text END AS role, setdatabase <> 0 AS database
                FROM pg_db_role_setting, unnest(setconfig) c
                WHERE starts_with(c, d.setting || '=') AND setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = session_user))
                  AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
                ORDER BY setrole <> 0 AND setdatabase <> 0 DESC, setrole <> 0 DESC LIMIT 1) s ON true
            WHERE current_setting(d.setting) <> d.normal\
            """;

    private ForbiddingDefaults() {}

    /** Refuses, with the default, where it is set and how it is lifted. */
    static void refuse(PgSession session) {
        for (var row : session.script(SOURCES, QUERY_TIMEOUT)) {
            var setting = row.getString("setting");
            throw new RunRefusal(
                    session.subject(),
                    "%s is %s by default %s, so %s"
                            .formatted(
                                    setting,
                                    row.getString("value"),
                                    source(row),
                                    setting.equals(READ_ONLY)
                                            ? "nothing can be changed"
                                            : "no trigger and no foreign key would be heeded"),
                    "Lift it: " + allowed(setting) + cure(row, setting));
        }
    }

    private static String source(Row row) {
        var role = row.getString("role");
        var database = Boolean.TRUE.equals(row.getBoolean("database"));
        if (role != null) {
            return "for role " + role + (database ? " in this database" : "");
        }
        return database ? "for this database" : "for the server";
    }

    /** Without it, the session that lifts it is read-only itself. */
    private static String allowed(String setting) {
        return setting.equals(READ_ONLY) ? "SET " + READ_ONLY + " = off; " : "";
    }

    private static String cure(Row row, String setting) {
        var role = row.getString("role");
        var here = SqlLiterals.name(String.valueOf(row.getString("here")));
        var database = Boolean.TRUE.equals(row.getBoolean("database"));
        if (role != null) {
            var in = database ? " IN DATABASE " + here : "";
            return "ALTER ROLE " + SqlLiterals.name(role) + in + " RESET " + setting;
        }
        return database
                ? "ALTER DATABASE " + here + " RESET " + setting
                : "in postgresql.conf, or where the server is started";
    }
}
