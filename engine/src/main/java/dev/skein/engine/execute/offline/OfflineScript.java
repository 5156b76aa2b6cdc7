// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.script.Section;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as SQL for somebody else to run, such as psql. Written from a database's state, it
 * keeps the journal as a run would, and its guards refuse to run anywhere else or twice. Written
 * without a database, it holds the revisions' SQL alone.
 */
public final class OfflineScript {
    private static final String PRINT = "pg_temp.skein_fingerprint()";
    private static final String CHANGED =
            "the schema was changed by somebody else; see skein check, then write the script anew";
    private static final String PRINT_NOTE =
            """
            -- How the journal tells what schema was left. There is nothing to review in this
            -- function, which lives as long as the session; the revisions are below it.
            """;

    private final Scripts scripts;
    private final Scope scope;
    private final String target;
    private final int major;
    private final @Nullable EntryChain chain;
    private final StringBuilder text = new StringBuilder();
    private @Nullable JournalState state;

    /**
     * A database that a script is written for.
     *
     * @param major the server's major version
     * @param state where its journal stands
     * @param expected how its schema must be before the first statement
     */
    public record Place(int major, EntryChain chain, JournalState state, ExpectedSchema expected) {}

    private OfflineScript(Scripts scripts, Scope scope, @Nullable Place place) {
        this.scripts = scripts;
        this.scope = scope;
        this.target = scope.schema();
        this.major = place == null ? 0 : place.major();
        this.chain = place == null ? null : place.chain();
        this.state = place == null ? null : place.state();
    }

    /**
     * Writes a plan's SQL.
     *
     * @param scope the database, or a schema of it
     * @param place where it runs; without it the script leaves the journal alone
     */
    public static String of(Plan plan, Scripts scripts, Scope scope, @Nullable Place place) {
        var script = new OfflineScript(scripts, scope, place);
        script.text.append("\\set ON_ERROR_STOP on\n"); // psql would go on behind an error
        var session = new OfflineSession(plan, scripts);
        script.text.append(session.begin());
        var printed = plan.isEmpty() ? null : place;
        if (printed != null) {
            script.text.append(PRINT_NOTE);
            script.line(script.print());
            script.expect(printed);
            script.text.append('\n');
        }
        for (var step : plan.steps()) {
            script.step(step, step.equals(plan.steps().getLast()));
            script.text.append(session.after(step)).append('\n');
        }
        if (printed != null) {
            script.line("DROP FUNCTION " + PRINT);
        }
        if (place == null && !plan.isEmpty()) {
            script.text
                    .append("-- Afterwards: ")
                    .append(Goal.Stamp.command(plan.to()))
                    .append('\n');
        }
        return script.text.toString();
    }

    /** Refuses a schema that somebody changed, or says in the journal that nobody can know. */
    private void expect(Place place) {
        var sql = new JournalSql(target, Nonce.next());
        switch (place.expected()) {
            case ExpectedSchema.Anything anything -> {}
            case ExpectedSchema.Known known -> {
                line("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
                line(sql.guard(place.state())); // where it ran already, that is what to say
                line(CatalogQuery.of(target, major).pins());
                var asked =
                        "SELECT "
                                + seen(known.print())
                                + " = "
                                + SqlLiterals.text(known.print().toString());
                line(JournalSql.verify(asked, RevisionFailures.UNLIKE, CHANGED));
                line("COMMIT");
            }
            case ExpectedSchema.Unknown unknown -> {
                var draft = unknown.entry(place.state().heads(), null);
                var entry = place.chain().next(place.state(), draft);
                var after = place.state().after(entry, draft.heads(), null);
                line(sql.append(place.state(), after, entry, null, "NULL", null));
                state = after;
            }
        }
    }

    private String seen(Fingerprint left) {
        return left.isCurrent()
                ? PRINT
                : "(" + CatalogQuery.of(target, major).fingerprint(left.format()) + ")";
    }

    private String print() {
        return "CREATE OR REPLACE FUNCTION "
                + PRINT
                + " RETURNS text LANGUAGE sql AS $skein$\n"
                + CatalogQuery.of(target, major).fingerprint()
                + "\n$skein$";
    }

    private void step(Step step, boolean last) {
        var script = scripts.get(step.revision());
        var up = step.direction() == Direction.UP;
        text.append("-- ")
                .append(up ? "Upgrade to " : "Downgrade from ")
                .append(script.id())
                .append(' ')
                .append(script.revision().message())
                .append('\n');
        var sql = new JournalSql(target, Nonce.next());
        begin(script, sql);
        if (up) {
            asked(script.precheck(), "precheck is not true");
        }
        (up ? script.upgrade() : script.downgrade())
                .statements()
                .forEach(s -> statement(script, s));
        if (script.transactional()) {
            line("SET CONSTRAINTS ALL IMMEDIATE"); // what is deferred shows before the checks
        }
        if (up) {
            asked(script.verify(), "verify is not true");
        }
        close(step, script, sql, last);
        if (up) {
            asked(script.verifyAfter(), "the check after the commit is not true");
        }
    }

    private void begin(Script script, JournalSql sql) {
        if (script.transactional()) {
            line("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
            timeouts(script);
        }
        if (!scope.isDatabase()) {
            line(
                    (script.transactional() ? "SET LOCAL" : "SET")
                            + " search_path = "
                            + scope.searchPath());
        }
        if (state != null) {
            line(sql.guard(state)); // outside a transaction, too: nothing runs twice
        }
    }

    private void timeouts(Script script) {
        var lock = script.lockTimeout();
        if (lock != null) {
            line("SET LOCAL lock_timeout = " + lock.toMillis());
        }
        var statement = script.statementTimeout();
        if (statement != null) {
            line("SET LOCAL statement_timeout = " + statement.toMillis());
        }
    }

    private void asked(Section questions, String otherwise) {
        questions
                .statements()
                .forEach(s -> line(JournalSql.verify(s.sql(), RevisionFailures.VERIFY, otherwise)));
    }

    private void statement(Script script, ScriptPiece.Statement statement) {
        for (var condition : statement.conditions()) {
            var asked = condition.question();
            line(JournalSql.verify(asked, RevisionFailures.UNLIKE, condition.otherwise()));
        }
        line(bounded(script, statement.sql()));
    }

    /** A batched change is one statement over all its rows here. */
    private static String bounded(Script script, String sql) {
        var batch = script.batch();
        if (batch == null) {
            return sql;
        }
        var bound = "(SELECT s.%1$s FROM %2$s s ORDER BY s.%1$s %3$s LIMIT 1)";
        return BatchText.with(
                sql,
                bound.formatted(batch.key(), batch.table(), "ASC"),
                bound.formatted(batch.key(), batch.table(), "DESC"));
    }

    private void close(Step step, Script script, JournalSql sql, boolean last) {
        var before = state;
        if (before != null && chain != null) {
            var up = step.direction() == Direction.UP;
            var section = up ? script.upgrade() : script.downgrade();
            var version = new EntryBody.RevisionVersion(script.id(), script.checksum());
            var body = up ? new EntryBody.Applied(version) : new EntryBody.Reverted(version);
            var draft = new EntryDraft(step.headsAfter(), section.sql(), body);
            var entry = chain.next(before, draft);
            var after = before.after(entry, step.headsAfter(), null);
            journal(script, sql, before, after, entry, last);
            state = after;
        }
        if (script.transactional()) {
            line("COMMIT");
        }
    }

    private void journal(
            Script script,
            JournalSql sql,
            JournalState before,
            JournalState after,
            dev.skein.engine.journal.Entry entry,
            boolean last) {
        if (!script.transactional()) {
            line(sql.append(before, after, entry, null, "NULL", null));
            return;
        }
        line("RESET SESSION AUTHORIZATION");
        line("RESET search_path");
        if (last) {
            line(CatalogQuery.of(target, major).pins());
        }
        line(sql.close(before, after, entry, null, last ? PRINT : "NULL", null));
    }

    private void line(String statement) {
        text.append(statement).append("\n;\n");
    }
}
