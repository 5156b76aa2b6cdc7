// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.Section;
import org.jspecify.annotations.Nullable;

/** Writes one step of a script: what its revision says, between guard and entry. */
final class OfflineStep {
    private final OfflineText text;
    private final Scope scope;
    private final @Nullable OfflineJournal journal;
    private final Step step;
    private final Script script;

    /**
     * @param journal null where the script leaves the journal alone
     */
    OfflineStep(
            OfflineText text,
            Scope scope,
            @Nullable OfflineJournal journal,
            Step step,
            Script script) {
        this.text = text;
        this.scope = scope;
        this.journal = journal;
        this.step = step;
        this.script = script;
    }

    /**
     * Writes it.
     *
     * @param last whether no other follows
     */
    void write(boolean last) {
        text.add(title());
        var sql = new JournalSql(scope.schema(), Nonce.next());
        begin(sql);
        if (isUp()) {
            ask(script.precheck(), "precheck is not true");
        }
        (isUp() ? script.upgrade() : script.downgrade()).statements().forEach(this::statement);
        if (script.transactional()) {
            // What is deferred shows before the checks.
            text.statement("SET CONSTRAINTS ALL IMMEDIATE");
        }
        if (isUp()) {
            ask(script.verify(), "verify is not true");
        }
        close(sql, last);
        if (isUp()) {
            ask(script.verifyAfter(), "the check after the commit is not true");
        }
    }

    private boolean isUp() {
        return step.direction() == Direction.UP;
    }

    private String title() {
        return "-- %s %s %s\n"
                .formatted(
                        isUp() ? "Upgrade to" : "Downgrade from",
                        script.id(),
                        script.revision().message());
    }

    private void begin(JournalSql sql) {
        if (script.transactional()) {
            text.statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
            timeouts();
        }
        if (!scope.isDatabase()) {
            var set = script.transactional() ? "SET LOCAL" : "SET";
            text.statement(set + " search_path = " + scope.searchPath());
        }
        if (journal != null) {
            journal.guard(sql);
        }
    }

    private void timeouts() {
        var lock = script.lockTimeout();
        if (lock != null) {
            text.statement("SET LOCAL lock_timeout = " + lock.toMillis());
        }
        var statement = script.statementTimeout();
        if (statement != null) {
            text.statement("SET LOCAL statement_timeout = " + statement.toMillis());
        }
    }

    private void ask(Section questions, String otherwise) {
        for (var question : questions.statements()) {
            text.statement(JournalSql.verify(question.sql(), RevisionFailures.VERIFY, otherwise));
        }
    }

    private void statement(Statement statement) {
        for (var condition : statement.conditions()) {
            var asked = condition.question();
            text.statement(
                    JournalSql.verify(asked, RevisionFailures.UNLIKE, condition.otherwise()));
        }
        text.statement(overAllRows(statement.sql()));
    }

    /** A batched change is one statement over all its rows here. */
    private String overAllRows(String sql) {
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

    private void close(JournalSql sql, boolean last) {
        if (journal != null) {
            journal.close(step, script, sql, last);
        }
        if (script.transactional()) {
            text.statement("COMMIT");
        }
    }
}
