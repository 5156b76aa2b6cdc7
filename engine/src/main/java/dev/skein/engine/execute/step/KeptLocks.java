// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.TenantLock;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The session's advisory locks that revisions of a walk say they keep; who follows left none. */
public final class KeptLocks {
    private static final String LOCK = "advisory lock (";
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Of the session's advisory locks there is Skein's own, at least, and no other, outside a
     * transaction.
     */
    static final String LEFT =
            """
            (WITH held AS (
                SELECT classid::bigint AS class, objid::bigint AS object, objsubid = 2
                    AND classid::bigint IN (%d, %d) AS own FROM pg_locks
                WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted)
            SELECT 'advisory locks' AS name WHERE NOT EXISTS (SELECT FROM held WHERE own)
            UNION ALL
            SELECT %s || class || ', ' || object || ')' FROM held WHERE NOT own)
            """
                    .formatted(
                            TenantLock.CLASS,
                            NonTransactionalStepLock.CLASS,
                            SqlLiterals.text(LOCK));

    private final Set<String> kept = new HashSet<>();

    /** Those among what a session has left. */
    static List<String> among(List<String> names) {
        return names.stream().filter(name -> name.startsWith(LOCK)).toList();
    }

    /** Whether a revision says that it keeps locks. */
    static boolean keeps(Script script) {
        var allowed = script.allowed();
        return allowed.containsKey(MismatchedStatements.RULE)
                || allowed.containsKey(MismatchedStatements.NAME);
    }

    /** What questions have locked, which are asked before or behind the steps, is nobody's. */
    public void keep(PgSession session) {
        var held = new ArrayList<String>();
        session.script(LEFT, QUERY_TIMEOUT).forEach(row -> held.add(row.getString(0)));
        kept.addAll(among(held));
    }

    /**
     * A statement that fails where a revision sent just before has left a lock: its own answer,
     * which is not there yet, will say so.
     */
    String none() {
        var question =
                "SELECT NOT EXISTS (SELECT FROM %s AS held WHERE name <> ALL (%s))"
                        .formatted(LEFT, SqlLiterals.array(List.copyOf(kept)));
        return JournalSql.verify(
                question, RevisionFailures.LEFT_SETTING, "the one before left a lock");
    }

    /** Of the locks that are held when a revision ends, those that it has to answer for. */
    List<String> left(Script script, List<String> held) {
        if (keeps(script)) {
            kept.addAll(held);
        }
        return held.stream().filter(lock -> !kept.contains(lock)).toList();
    }
}
