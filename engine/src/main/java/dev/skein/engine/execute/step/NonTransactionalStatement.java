// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.nontransactional.NonTransactionalForm.Finding;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One statement of a revision outside a transaction, framed by its entries. */
public final class NonTransactionalStatement {
    private static final Duration ROLLBACK_TIMEOUT = Duration.ofMinutes(2);
    private static final String CUT_OFF = "SK020";
    private static final String INVALID = "SK021";
    private static final String AT_WORK = "SK022";

    /** Failures behind which only a person knows how to go on. */
    public static final Set<String> NEED_A_PERSON = Set.of(CUT_OFF, INVALID, AT_WORK);

    private final StepContext context;
    private final NonTransactionalJournal journal;
    private final int number;
    private final Statement statement;
    private final StatementSight sight;

    private NonTransactionalStatement(
            StepContext context,
            NonTransactionalJournal journal,
            int number,
            Statement statement,
            StatementSight sight) {
        this.context = context;
        this.journal = journal;
        this.number = number;
        this.statement = statement;
        this.sight = sight;
    }

    /**
     * Runs it.
     *
     * @param cutOff what was noted before an earlier run was cut off at it; null where none was
     */
    static void run(
            StepContext context,
            NonTransactionalJournal journal,
            int number,
            @Nullable Map<String, String> cutOff) {
        var statements = context.section().statements();
        var statement = statements.get(number - 1);
        context.progress().running(context.step(), number, statements.size());
        var form = NonTransactionalForms.recognise(statement).on(context.session());
        var before = cutOff == null ? form.before(context.session()) : cutOff;
        var sight = new StatementSight(context.session(), form, before);
        new NonTransactionalStatement(context, journal, number, statement, sight)
                .run(cutOff != null);
    }

    private void run(boolean wasCutOff) {
        if (wasCutOff && isRecovered()) {
            journal.outcome(number, statement, InterruptedStatement.DONE);
            return;
        }
        if (sight.form().isAtomic()) {
            runInTransaction();
            return;
        }
        if (!wasCutOff) {
            journal.intent(number, statement, sight.before());
        }
        runAlone();
    }

    /** Whether a statement that was cut off turns out to be done; else it may run again. */
    private boolean isRecovered() {
        return switch (sight.recovered()) {
            case DONE -> true;
            case OPEN -> false;
            case RUNNING ->
                    throw failed(
                            AT_WORK,
                            "another session is at it (see pg_stat_progress_create_index)",
                            "Wait until it ends, then run again");
            case BROKEN, UNKNOWN ->
                    throw failed(
                            CUT_OFF,
                            "an earlier run was cut off here, and the outcome is unknown",
                            "Look at the database. Finish the revision, then: "
                                    + Goal.Stamp.command(context.step().headsAfter())
                                    + "; or undo all of it, then: "
                                    + Goal.Stamp.command(journal.state().heads()));
        };
    }

    /** A statement that can have a transaction has one, together with its OUTCOME. */
    private void runInTransaction() {
        var step = TransactionalStep.single(context, journal.state(), number, statement);
        try {
            step.send();
            journal.follow(step.complete());
        } catch (StepFailure e) {
            step.abandon();
            context.session().script("ROLLBACK", ROLLBACK_TIMEOUT);
            throw journal.failure(e);
        }
    }

    private void runAlone() {
        var session = context.session();
        var custom = new CustomSettings(List.of(statement));
        custom.ask(session);
        var failure =
                sight.patiently(
                        context.statementTimeout().toMillis(),
                        () -> sight.form().run(session, statement.sql(), context.bound()));
        var finding = sight.settled(failure != null);
        if (failure != null && finding != Finding.DONE) {
            throw failed(failure, finding);
        }
        if (sight.form().isObservable() && isInvalid(finding)) {
            journal.outcome(number, statement, InterruptedStatement.FAILED);
            throw failed(
                    INVALID,
                    "the server took it, but what the catalog shows of it is invalid",
                    "Drop the invalid index, then run again");
        }
        journal.outcome(number, statement, InterruptedStatement.DONE);
        LeftSettings.after(context, number, statement, custom);
    }

    private static boolean isInvalid(Finding finding) {
        return finding == Finding.UNKNOWN || finding == Finding.BROKEN;
    }

    private NonTransactionalFailure failed(PgServerError failure, Finding finding) {
        // Somebody builds on the same table: what we left is only told from it by the next run.
        boolean known = finding != Finding.RUNNING || !sight.before().isEmpty();
        boolean observable = sight.form().isObservable();
        journal.outcome(
                number,
                statement,
                observable && known ? InterruptedStatement.FAILED : InterruptedStatement.UNKNOWN);
        var told = context.failures().at(number, statement, failure);
        return new NonTransactionalFailure(told, observable ? failure : null, journal.state());
    }

    private NonTransactionalFailure failed(String code, String says, String hint) {
        return journal.failure(context.failures().of(number, statement.line(), code, says, hint));
    }
}
