// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.postgres.Sql;
import dev.skein.engine.script.Piece.Statement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Session settings that a script left behind. They are reset, and the step is reported. */
final class LeftSettings {
    private static final String LOCK = "advisory lock (";

    /**
     * What was set and is not as RESET would make it. A setting that was given back at the end of
     * its transaction counts as set in the session, too, though nothing of it is left. The bound on
     * transactions is lifted for the session, against what a role may have. Of advisory locks there
     * is Skein's own, at least, and no other that is no transaction's; all prepared statements go
     * with the revision, unless what asks for the fingerprint is one.
     */
    static final String QUERY =
            """
            WITH held AS (
                SELECT classid::bigint AS class, objid::bigint AS object, objsubid = 2
                    AND classid::bigint IN (%d, %d) AS own FROM pg_locks
                WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted)
            SELECT name FROM pg_settings
            WHERE source = 'session' AND setting IS DISTINCT FROM reset_val
              AND name <> 'transaction_timeout'
            UNION ALL
            SELECT 'advisory locks' WHERE NOT EXISTS (SELECT FROM held WHERE own)
            UNION ALL
            SELECT %s || class || ', ' || object || ')' FROM held WHERE NOT own
            UNION ALL
            SELECT 'prepared statement ' || name FROM pg_prepared_statements
            WHERE from_sql AND name <> 'skein_print'
              AND EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'skein_print')
            ORDER BY 1
            """
                    .formatted(TenantLock.CLASS, LooseTurn.CLASS, Sql.text(LOCK));

    /** Statements that may run a function or trigger that sets something; others must name it. */
    private static final List<String> RUNNING =
            List.of(
                    "DO",
                    "CALL",
                    "SELECT",
                    "WITH",
                    "VALUES",
                    "TABLE",
                    "EXECUTE",
                    "EXPLAIN",
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "MERGE",
                    "COPY",
                    "TRUNCATE",
                    "REFRESH",
                    "CREATE MATERIALIZED VIEW");

    private static final Pattern AS = Pattern.compile("\\bAS\\b", Pattern.CASE_INSENSITIVE);

    private static final Duration BOUND = Duration.ofMinutes(1);

    private LeftSettings() {}

    /** Whether it is worth asking after these. */
    static boolean mayBe(Collection<Statement> statements) {
        return statements.stream()
                .anyMatch(s ->
                        RUNNING.stream().anyMatch(s::starts)
                                || isTableOfRows(s)
                                || s.sql().toLowerCase(Locale.ROOT).contains("set_config"));
    }

    private static boolean isTableOfRows(Statement s) {
        var table = s.starts("CREATE TABLE") || s.starts("CREATE UNLOGGED TABLE");
        return table && AS.matcher(s.sql()).find();
    }

    /**
     * What was left.
     *
     * @param ends whether the revision does: a statement by itself may lock for those behind it
     */
    static List<String> read(
            StepContext context, Future<RowSet<Row>> answer, CustomSettings custom, boolean ends) {
        var names = names(context, answer);
        var locks = locks(names);
        names.removeAll(locks);
        names.addAll(custom.left(context.session()));
        if (ends) {
            names.addAll(context.locks().left(context.script(), locks));
        }
        return names;
    }

    private static List<String> names(StepContext context, Future<RowSet<Row>> answer) {
        var names = new ArrayList<String>();
        context.session().await(answer, BOUND).forEach(row -> names.add(row.getString(0)));
        return names;
    }

    private static List<String> locks(List<String> names) {
        return names.stream().filter(name -> name.startsWith(LOCK)).toList();
    }

    static void refuse(StepContext context, List<String> left) {
        refuse(context, 0, context.section().line(), "it is applied", left);
    }

    /** Asks after the locks of a revision whose statements ran alone, at its end. */
    static void locksAfter(StepContext context) {
        if (mayBe(context.section().statements())) {
            var held = locks(names(context, context.session().send(QUERY)));
            var left = context.locks().left(context.script(), held);
            refuse(context, 0, context.section().line(), "its statements stand", left);
        }
    }

    /** Asks after a statement that ran alone; it stands in any case. */
    static void after(StepContext context, int number, Statement statement, CustomSettings custom) {
        if (mayBe(List.of(statement))) {
            var answer = context.session().send(QUERY);
            custom.ask(context.session());
            var left = read(context, answer, custom, false);
            refuse(context, number, statement.line(), "the statement stands", left);
        }
    }

    private static void refuse(
            StepContext context, int number, int line, String so, List<String> left) {
        if (left.isEmpty()) {
            return;
        }
        context.session().script("RESET ALL; RESET ROLE", BOUND); // the rest goes with the session
        throw context.failures()
                .of(
                        number,
                        line,
                        Failures.LEFT_SETTING,
                        so + ", but changed the session's " + String.join(", ", left),
                        "They are reset. Write SET LOCAL, or set_config(…, true);"
                                + " pg_advisory_xact_lock, or DEALLOCATE in the same revision");
    }
}
