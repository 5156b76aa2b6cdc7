// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup.session;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Whether pg_dump ended because somebody holds a lock. It says so in the server's language alone,
 * and only superusers may choose that; so the server is asked the same once more, since its codes
 * are the same in all languages.
 */
public final class LockInTheWay {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String NOT_AVAILABLE = "55P03";

    /** Which statement failed, as all versions of the program tell it. */
    private static final Pattern LOCKING =
            Pattern.compile(
                    "^\\w+: (?:detail|error): [Qq]uery was: LOCK TABLE ", Pattern.MULTILINE);

    private static final String TABLES =
            """
            SELECT coalesce(string_agg(format('%I.%I', n.nspname, c.relname), ', '), 'pg_class')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            """;

    private LockInTheWay() {}

    /** Whether an error is of a lock that was waited for in vain. */
    public static boolean isWhy(PgServerError error) {
        return error.sqlState().equals(NOT_AVAILABLE);
    }

    /**
     * Whether that is why the program could not go on: it failed at a lock, and who it works for
     * gets all locks by now, or one is still held. Ends the session's transaction.
     *
     * @param complaints what it printed
     */
    public static boolean isWhy(String complaints, PgSession session) {
        if (!LOCKING.matcher(complaints).find()) {
            return false;
        }
        var tables = session.script(TABLES, QUERY_TIMEOUT).iterator().next().getString(0);
        try {
            session.script("LOCK TABLE " + tables + " IN ACCESS SHARE MODE NOWAIT", QUERY_TIMEOUT);
            return true;
        } catch (PgServerError e) {
            return isWhy(e);
        }
    }
}
