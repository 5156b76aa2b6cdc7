// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Session settings that a script left behind. They are reset, and the step is reported. */
public final class LeftSettings {
    /**
     * What was set and is not as RESET would make it. A setting that was given back at the end of
     * its transaction counts as set in the session, too, though nothing of it is left. The bound on
     * transactions is lifted for the session, against what a role may have. All prepared statements
     * go with the revision, unless what asks for the fingerprint is one.
     */
    private static final String QUERY =
            """
            SELECT name FROM pg_settings
            WHERE source = 'session' AND setting IS DISTINCT FROM reset_val
              AND name <> 'transaction_timeout'
            UNION ALL
            %s
            UNION ALL
            SELECT 'prepared statement ' || name FROM pg_prepared_statements
            WHERE from_sql AND name <> 'skein_print'
              AND EXISTS (SELECT FROM pg_prepared_statements WHERE name = 'skein_print')
            ORDER BY 1
            """
                    .formatted(KeptLocks.LEFT);

    /**
     * Statements that may run a function or trigger that sets something; others must name it. What
     * is overlooked is not there for the next revision, as each begins without such settings; of
     * locks, which stay, there is no overlooking.
     */
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

    private static final Pattern NAMING = Pattern.compile("(?i)set_config");

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private LeftSettings() {}

    /** The question after these: locks can be left by whatever calls a function. */
    static String question(Collection<Statement> statements) {
        return mayBe(statements) ? QUERY : KeptLocks.LEFT;
    }

    /** Whether settings are worth asking after. */
    public static boolean mayBe(Collection<Statement> statements) {
        return statements.stream()
                .anyMatch(
                        s -> RUNNING.stream().anyMatch(s::starts) || isTableOfRows(s) || names(s));
    }

    private static boolean isTableOfRows(Statement s) {
        var table = s.starts("CREATE TABLE") || s.starts("CREATE UNLOGGED TABLE");
        return table && SqlWords.have(SqlWords.of(s.sql()), "AS");
    }

    /** What a function's body names counts: it may run in the same revision. */
    private static boolean names(Statement s) {
        return NAMING.matcher(s.sql()).find()
                && (SqlWords.withStrings(s.sql()).stream().anyMatch(LeftSettings::names)
                        || SqlWords.unread(s.sql()).stream()
                                .anyMatch(text -> NAMING.matcher(text).find()));
    }

    private static boolean names(List<String> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> SqlWords.plain(words, i))
                .anyMatch("set_config"::equals);
    }

    /**
     * What was left.
     *
     * @param ends whether the revision does: a statement by itself may lock for those behind it
     */
    static List<String> read(
            StepContext context, Future<RowSet<Row>> answer, CustomSettings custom, boolean ends) {
        var names = names(context, answer);
        var locks = KeptLocks.among(names);
        names.removeAll(locks);
        names.addAll(custom.left(context.session()));
        if (ends) {
            names.addAll(context.locks().left(context.script(), locks));
        }
        return names;
    }

    private static List<String> names(StepContext context, Future<RowSet<Row>> answer) {
        var names = new ArrayList<String>();
        context.session().await(answer, QUERY_TIMEOUT).forEach(row -> names.add(row.getString(0)));
        return names;
    }

    static void refuse(StepContext context, List<String> left) {
        refuse(context, 0, context.section().line(), "it is applied", left);
    }

    /** Asks after the locks of a revision whose statements ran alone, at its end. */
    static void locksAfter(StepContext context) {
        var left = names(context, context.session().send(KeptLocks.LEFT));
        var held = KeptLocks.among(left);
        left.removeAll(held);
        left.addAll(context.locks().left(context.script(), held));
        refuse(context, 0, context.section().line(), "its statements stand", left);
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
        // Whatever was sent behind it has failed; the rest goes with the session.
        context.session().script("ROLLBACK; RESET ALL; RESET ROLE", QUERY_TIMEOUT);
        throw context.failures()
                .of(
                        number,
                        line,
                        RevisionFailures.LEFT_SETTING,
                        so + ", but changed the session's " + String.join(", ", left),
                        "They are reset. Write SET LOCAL, or set_config(…, true);"
                                + " pg_advisory_xact_lock, or DEALLOCATE in the same revision");
    }
}
