// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as SQL for somebody else to run, such as psql. Written from a database's state, it
 * keeps the journal as a run would, and its guards refuse to run anywhere else or twice. Written
 * without a database, it holds the revisions' SQL alone.
 */
public final class OfflineScript {
    private final Scripts scripts;
    private final String target;
    private final @Nullable Chain chain;
    private final StringBuilder text = new StringBuilder();
    private @Nullable JournalState state;

    private OfflineScript(
            Scripts scripts, String target, @Nullable Chain chain, @Nullable JournalState state) {
        this.scripts = scripts;
        this.target = target;
        this.chain = chain;
        this.state = state;
    }

    /**
     * Writes a plan's SQL.
     *
     * @param target the journal's: a schema, or empty for the database
     * @param state where the journal stands; without it the script leaves the journal alone
     */
    public static String of(
            Plan plan,
            Scripts scripts,
            String target,
            @Nullable Chain chain,
            @Nullable JournalState state) {
        var script = new OfflineScript(scripts, target, chain, state);
        for (var step : plan.steps()) {
            script.step(step, step.equals(plan.steps().getLast()));
        }
        if (state == null && !plan.isEmpty()) {
            script.text
                    .append("-- Afterwards: skein stamp ")
                    .append(plan.to().isEmpty() ? "base" : String.join(" ", plan.to()))
                    .append('\n');
        }
        return script.text.toString();
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
        if (script.transactional()) {
            line("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
            if (state != null) {
                line(sql.guard(state));
            }
        }
        (up ? script.upgrade() : script.downgrade())
                .statements()
                .forEach(s -> line(bounded(script, s.sql())));
        if (up) {
            script.verify()
                    .statements()
                    .forEach(s ->
                            line(
                                    JournalSql.verify(
                                            s.sql(), Failures.VERIFY, "verify is not true")));
        }
        close(step, script, sql, last);
        text.append('\n');
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
            var kind = step.direction() == Direction.UP ? EntryKind.APPLIED : EntryKind.REVERTED;
            var section = step.direction() == Direction.UP ? script.upgrade() : script.downgrade();
            var draft =
                    Draft.of(kind, step.headsAfter(), section.sql())
                            .revision(script.id(), script.checksum());
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
            line(sql.append(before, after, entry, null, "NULL"));
            return;
        }
        line("SET CONSTRAINTS ALL IMMEDIATE");
        line("RESET SESSION AUTHORIZATION");
        line("RESET search_path");
        var query = CatalogQuery.of(target);
        if (last) {
            line(query.pins());
        }
        var print = last ? "(" + query.fingerprint() + ")" : "NULL";
        line(sql.close(before, after, entry, null, print));
    }

    private void line(String statement) {
        text.append(statement).append("\n;\n");
    }
}
