// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.Json;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.execute.session.SessionSettings;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.nontransactional.NonTransactionalForm;
import dev.skein.engine.nontransactional.NonTransactionalForm.Finding;
import dev.skein.engine.nontransactional.NonTransactionalForms;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a revision whose statements refuse a transaction. Each statement is framed by two entries:
 * INTENT before it, with what recovery needs, and OUTCOME after it, which is what the catalog
 * shows. A run that finds an INTENT without OUTCOME looks into the catalog before it does anything.
 */
public final class NonTransactionalStep {
    private static final int CLEANINGS = 5;
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration BUSY = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 500;
    private static final String FAILED = "failed";

    /** Failures behind which only a person knows how to go on. */
    public static final Set<String> NEED_A_PERSON = Set.of("SK020", "SK021", "SK022");

    /** The outcome of a statement that may have done a part of its work. */
    static final String UNKNOWN = "unknown";

    private final StepContext context;
    private final Brake brake;
    private final FingerprintReading print;
    private JournalState state;

    public NonTransactionalStep(
            StepContext context, JournalState before, Brake brake, FingerprintReading print) {
        this.print = print;
        this.context = context;
        this.brake = brake;
        this.state = before;
    }

    /**
     * Runs what is left of it.
     *
     * @return the state it leaves; nothing where the brake was pulled before its turn came
     * @throws StepFailed if a statement failed; earlier ones stand, with their entries
     */
    public Optional<JournalState> run() {
        var turn = NonTransactionalStepLock.take(context, brake);
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        try (var _ = turn.get()) {
            var anew = SessionSettings.anew(context.session().major());
            context.session().script(String.join("; ", anew), SHORT);
            var past = InterruptedStatement.of(context);
            int number = 0;
            for (var statement : context.section().statements()) {
                var known = past.get(++number);
                if (known == null || !known.isDone()) {
                    one(number, statement, known == null ? null : known.cutOff());
                }
            }
            locks();
            verify();
            return Optional.of(finish());
        }
    }

    /** Where the journal stands, also after a failure. */
    public JournalState state() {
        return state;
    }

    private void one(int number, Statement statement, @Nullable Map<String, String> cutOff) {
        context.progress().running(context.step(), number, context.section().statements().size());
        var form = NonTransactionalForms.recognise(statement).on(context.session());
        var before = cutOff == null ? form.before(context.session()) : cutOff;
        if (cutOff != null && isRecovered(number, statement, form, before)) {
            append(outcome(number, InterruptedStatement.DONE, statement));
            return;
        }
        if (form.isAtomic()) {
            atomic(number, statement);
            return;
        }
        if (cutOff == null) {
            append(intent(number, statement).withDetail(Json.text(before)));
        }
        alone(number, statement, form, before);
    }

    /** Whether a statement that was cut off turns out to be done; else it may run again. */
    private boolean isRecovered(
            int number,
            Statement statement,
            NonTransactionalForm form,
            Map<String, String> before) {
        var finding = waitWhileRunning(form, before);
        if (finding == Finding.BROKEN) {
            finding = cleaned(form, before);
        }
        return switch (finding) {
            case DONE -> true;
            case OPEN -> false;
            case RUNNING ->
                    throw failed(
                            number,
                            statement,
                            "SK022",
                            "another session is at it (see pg_stat_progress_create_index)",
                            "Wait until it ends, then run again");
            case BROKEN, UNKNOWN ->
                    throw failed(
                            number,
                            statement,
                            "SK020",
                            "an earlier run was cut off here, and the outcome is unknown",
                            "Look at the database. Finish the revision, then: "
                                    + Goal.Stamp.command(context.step().headsAfter())
                                    + "; or undo all of it, then: "
                                    + Goal.Stamp.command(state.heads()));
        };
    }

    /** Our own session outlives a client that was killed by some seconds. */
    private Finding waitWhileRunning(NonTransactionalForm form, Map<String, String> before) {
        long end = System.nanoTime() + BUSY.toNanos();
        var finding = form.observe(context.session(), before);
        while (finding == Finding.RUNNING && System.nanoTime() < end) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the next question sees it and ends the run
            }
            finding = form.observe(context.session(), before);
        }
        return finding;
    }

    /** A statement that can have a transaction has one, together with its OUTCOME. */
    private void atomic(int number, Statement statement) {
        var flight = TransactionalStep.single(context, state, number, statement);
        try {
            flight.depart();
            state = flight.land();
        } catch (StepFailure e) {
            flight.abandon();
            context.session().script("ROLLBACK", SHORT);
            throw new StepFailed(e.failure(), e.error(), state);
        }
    }

    private void alone(
            int number,
            Statement statement,
            NonTransactionalForm form,
            Map<String, String> before) {
        var session = context.session();
        var custom = new CustomSettings(List.of(statement));
        custom.ask(session);
        var failure =
                patiently(
                        context.statementTimeout().toMillis(),
                        () -> form.run(session, statement.sql(), context.bound()));
        var finding = settled(form, before, failure != null);
        if (failure != null && finding != Finding.DONE) {
            // Somebody builds on the same table: what we left is only told from it by the next run.
            boolean known = finding != Finding.RUNNING || !before.isEmpty();
            append(outcome(number, form.isObservable() && known ? FAILED : UNKNOWN, statement));
            var told = context.failures().at(number, statement, failure);
            throw new StepFailed(told, form.isObservable() ? failure : null, state);
        }
        if (form.isObservable() && (finding == Finding.UNKNOWN || finding == Finding.BROKEN)) {
            append(outcome(number, FAILED, statement));
            throw failed(
                    number,
                    statement,
                    "SK021",
                    "the server took it, but what the catalog shows of it is invalid",
                    "Drop the invalid index, then run again");
        }
        append(outcome(number, InterruptedStatement.DONE, statement));
        LeftSettings.after(context, number, statement, custom);
    }

    /** What the catalog shows after a statement; what a failed one left is removed. */
    private Finding settled(NonTransactionalForm form, Map<String, String> before, boolean failed) {
        var finding =
                failed ? waitWhileRunning(form, before) : form.observe(context.session(), before);
        return failed && finding == Finding.BROKEN ? cleaned(form, before) : finding;
    }

    /**
     * Cleaning up waits for every older transaction on the table, as the statement itself does; a
     * build beside it waits for us, and so one of the two can be a deadlock's victim.
     */
    private Finding cleaned(NonTransactionalForm form, Map<String, String> before) {
        var failure = patiently(0, () -> form.cleanUp(context.session(), before));
        for (int n = 1; n < CLEANINGS && failure != null && failure.isRetriable(); n++) {
            failure = patiently(0, () -> form.cleanUp(context.session(), before));
        }
        if (failure != null) {
            System.getLogger(NonTransactionalStep.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: what the statement left is still there: {1}",
                            context.session().subject(),
                            failure.found());
        }
        return form.observe(context.session(), before);
    }

    /** Runs something that may wait for locks as long as it takes; gives the server's error. */
    private @Nullable PgServerError patiently(long statementTimeout, Runnable work) {
        var session = context.session();
        session.script("SET lock_timeout = 0; SET statement_timeout = " + statementTimeout, SHORT);
        try {
            work.run();
            return null;
        } catch (PgServerError e) {
            return e;
        } finally {
            session.script("RESET lock_timeout; RESET statement_timeout", SHORT);
        }
    }

    private StepFailed failed(
            int number, Statement statement, String code, String says, String hint) {
        var failure = context.failures().of(number, statement.line(), code, says, hint);
        return new StepFailed(failure, null, state);
    }

    private void locks() {
        try {
            LeftSettings.locksAfter(context);
        } catch (MigrationFailed e) {
            throw new StepFailed(e, null, state);
        }
    }

    /** The statements stand; without its checks the revision is not applied. */
    private void verify() {
        if (context.step().direction() == Direction.DOWN) {
            return;
        }
        try {
            CheckQuestions.ask(context, context.script().verify(), "verify", "verify is not true");
        } catch (StepFailure e) {
            throw new StepFailed(e.failure(), e.error(), state);
        } catch (MigrationFailed e) {
            throw new StepFailed(e, null, state);
        }
    }

    private EntryDraft intent(int number, Statement statement) {
        var body = new EntryBody.Intent(context.version(), number, false);
        return new EntryDraft(state.heads(), statement.sql(), body);
    }

    private EntryDraft outcome(int number, String outcome, Statement statement) {
        var body = new EntryBody.StatementOutcome(context.version(), number, outcome);
        return new EntryDraft(state.heads(), statement.sql(), body);
    }

    private JournalState finish() {
        var draft = TransactionalStep.end(context);
        context.session().script(String.join("; ", context.print().forget()), SHORT);
        var left = print.left().map(Fingerprint::toString);
        return append(left.map(draft::withFingerprint).orElse(draft));
    }

    private JournalState append(EntryDraft draft) {
        state =
                JournalWriter.append(
                        context.session(), context.journal(), context.chain(), state, draft);
        return state;
    }

    /** A failure after entries were written: carries the state they left. */
    public static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient MigrationFailed failure;
        private final transient @Nullable PgServerError error;
        private final transient JournalState state;

        StepFailed(MigrationFailed failure, @Nullable PgServerError error, JournalState state) {
            super(failure);
            this.failure = failure;
            this.error = error;
            this.state = state;
        }

        public MigrationFailed failure() {
            return failure;
        }

        /** The server's error behind it, where there is one. */
        public @Nullable PgServerError error() {
            return error;
        }

        public JournalState state() {
            return state;
        }
    }
}
