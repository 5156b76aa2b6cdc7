// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.Json;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.loose.LooseForm;
import dev.skein.engine.loose.LooseForm.Finding;
import dev.skein.engine.loose.LooseForms;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.Piece.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a revision whose statements refuse a transaction. Each statement is framed by two entries:
 * INTENT before it, with what recovery needs, and OUTCOME after it, which is what the catalog
 * shows. A run that finds an INTENT without OUTCOME looks into the catalog before it does anything.
 */
final class LooseStep {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration BUSY = Duration.ofMinutes(1);
    private static final long POLL_MILLIS = 500;

    private final StepContext context;
    private JournalState state;

    LooseStep(StepContext context, JournalState before) {
        this.context = context;
        this.state = before;
    }

    /**
     * Runs what is left of it.
     *
     * @return the state it leaves
     * @throws StepFailed if a statement failed; earlier ones stand, with their entries
     */
    JournalState run() {
        try (var _ = LooseTurn.take(context)) {
            var past = LoosePast.of(context);
            int number = 0;
            for (var statement : context.section().statements()) {
                var known = past.get(++number);
                if (known == null || !known.isDone()) {
                    one(number, statement, known == null ? null : known.cutOff());
                }
            }
            verify();
            return finish();
        }
    }

    private void one(int number, Statement statement, @Nullable Map<String, String> cutOff) {
        var form = LooseForms.recognise(statement);
        var before = cutOff == null ? form.before(context.session()) : cutOff;
        if (cutOff != null && isRecovered(number, statement, form, before)) {
            append(outcome(number, LoosePast.DONE, statement));
            return;
        }
        if (form.isAtomic()) {
            atomic(number, statement);
            return;
        }
        if (cutOff == null) {
            append(note(EntryKind.INTENT, number, statement).detail(Json.text(before)));
        }
        alone(number, statement, form, before);
    }

    /** Whether a statement that was cut off turns out to be done; else it may run again. */
    private boolean isRecovered(
            int number, Statement statement, LooseForm form, Map<String, String> before) {
        var session = context.session();
        var finding = waitWhileRunning(form, before);
        if (finding == Finding.BROKEN) {
            form.cleanUp(session, before);
            finding = form.observe(session, before);
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
                            "Look at the database, finish or undo it, then: skein stamp");
        };
    }

    /** Our own session outlives a client that was killed by some seconds. */
    private Finding waitWhileRunning(LooseForm form, Map<String, String> before) {
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
        var flight = Flight.single(context, state, number, statement);
        try {
            flight.depart();
            state = flight.land();
        } catch (Stumble e) {
            flight.abandon();
            context.session().script("ROLLBACK", SHORT);
            throw new StepFailed(e.failure(), e.error(), state);
        }
    }

    private void alone(
            int number, Statement statement, LooseForm form, Map<String, String> before) {
        var session = context.session();
        var timeout = context.statementTimeout().toMillis();
        session.script("SET lock_timeout = 0; SET statement_timeout = " + timeout, SHORT);
        PgServerError failure = null;
        try {
            session.await(session.send(statement.sql()), context.bound());
        } catch (PgServerError e) {
            failure = e;
        } finally {
            session.script("RESET lock_timeout; RESET statement_timeout", SHORT);
        }
        var finding = form.observe(session, before);
        if (failure != null && finding == Finding.BROKEN) {
            form.cleanUp(session, before);
            finding = form.observe(session, before);
        }
        if (failure != null && finding != Finding.DONE) {
            append(outcome(number, "failed", statement));
            throw new StepFailed(context.failures().at(number, statement, failure), failure, state);
        }
        if (form.isObservable() && (finding == Finding.UNKNOWN || finding == Finding.BROKEN)) {
            append(outcome(number, "failed", statement));
            throw failed(
                    number,
                    statement,
                    "SK021",
                    "the server took it, but left what was there before, and that is invalid",
                    "Drop the invalid index, then run again");
        }
        append(outcome(number, LoosePast.DONE, statement));
    }

    private StepFailed failed(
            int number, Statement statement, String code, String says, String hint) {
        var failure = context.failures().of(number, statement.line(), code, says, hint);
        return new StepFailed(failure, null, state);
    }

    /** The statements stand; without its checks the revision is not applied. */
    private void verify() {
        if (context.step().direction() == Direction.DOWN) {
            return;
        }
        try {
            Questions.ask(context, context.script().verify(), "verify", "verify is not true");
        } catch (MigrationFailed e) {
            throw new StepFailed(e, null, state);
        }
    }

    private Draft note(EntryKind kind, int number, Statement statement) {
        return Draft.of(kind, state.heads(), statement.sql())
                .revision(context.script().id(), context.script().checksum())
                .statement(number, null);
    }

    private Draft outcome(int number, String outcome, Statement statement) {
        return note(EntryKind.OUTCOME, number, statement).outcome(outcome);
    }

    private JournalState finish() {
        var kind =
                context.step().direction() == Direction.UP ? EntryKind.APPLIED : EntryKind.REVERTED;
        var draft =
                Draft.of(kind, context.step().headsAfter(), context.section().sql())
                        .revision(context.script().id(), context.script().checksum());
        return append(draft);
    }

    private JournalState append(Draft draft) {
        state =
                JournalWriter.append(
                        context.session(), context.journal(), context.chain(), state, draft);
        return state;
    }

    /** A failure after entries were written: carries the state they left. */
    static final class StepFailed extends RuntimeException {
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

        MigrationFailed failure() {
            return failure;
        }

        /** The server's error behind it, where there is one. */
        @Nullable PgServerError error() {
            return error;
        }

        JournalState state() {
            return state;
        }
    }
}
