// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.Piece.Statement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a revision whose statements refuse a transaction. Each statement is framed by two entries:
 * INTENT before it, OUTCOME after it, and the outcome is what the catalog shows. A run that finds
 * an INTENT without OUTCOME looks into the catalog before it does anything.
 */
final class LooseStep {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final String DONE = "done";
    private static final String UNKNOWN = "unknown";
    private static final Set<EntryKind> ENDS = Set.of(EntryKind.APPLIED, EntryKind.REVERTED);

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
     * @throws MigrationFailed if a statement failed; earlier ones stand, with their entries
     */
    JournalState run() {
        var past = past();
        int number = 0;
        for (var statement : context.section().statements()) {
            number++;
            var known = past.get(number);
            if (known == null || !known.equals(DONE)) {
                one(number, statement, UNKNOWN.equals(known));
            }
        }
        verify();
        return finish();
    }

    /**
     * Statements of this step that an earlier run began: number to outcome. An entry counts only if
     * it ran the statement that stands there now; whatever a person stamped since ends its worth.
     */
    private Map<Integer, String> past() {
        var past = new HashMap<Integer, String>();
        for (var entry : context.journal().after(0, Integer.MAX_VALUE)) {
            var says = Envelope.parse(entry.envelope());
            var ours = context.script().id().equals(says.revision());
            if (says.kind() == EntryKind.STAMPED || (ours && ENDS.contains(says.kind()))) {
                past.clear();
            } else if (ours && isSame(says.statement(), entry)) {
                past.put(
                        Objects.requireNonNull(says.statement()),
                        says.kind() == EntryKind.INTENT ? UNKNOWN : String.valueOf(says.outcome()));
            }
        }
        return past;
    }

    private boolean isSame(@Nullable Integer number, Entry entry) {
        var statements = context.section().statements();
        if (number == null || number < 1 || number > statements.size() || entry.body() == null) {
            return false;
        }
        var body = new String(entry.body(), StandardCharsets.UTF_8);
        return body.equals(statements.get(number - 1).sql());
    }

    private void one(int number, Statement statement, boolean cutOff) {
        var form = LooseForm.recognise(statement);
        if (cutOff && form.isDone(context.session())) {
            append(note(EntryKind.OUTCOME, number, DONE, statement));
            return;
        }
        if (cutOff && !form.canRunAgain(context.session())) {
            throw context.failures()
                    .of(
                            number,
                            statement.line(),
                            "SK020",
                            "an earlier run was cut off here, and the outcome is unknown",
                            "Look at the database, finish or undo it, then: skein stamp");
        }
        if (!cutOff) {
            append(note(EntryKind.INTENT, number, null, statement));
        }
        alone(number, statement, form);
    }

    private void alone(int number, Statement statement, LooseForm form) {
        var session = context.session();
        session.script(
                "SET lock_timeout = 0; SET statement_timeout = "
                        + context.statementTimeout().toMillis(),
                SHORT);
        PgServerError failure = null;
        try {
            session.await(session.send(statement.sql()), context.bound());
        } catch (PgServerError e) {
            failure = e;
        } finally {
            session.script("RESET lock_timeout; RESET statement_timeout", SHORT);
        }
        if (failure != null) {
            form.cleanUp(session);
            append(note(EntryKind.OUTCOME, number, "failed", statement));
            throw new StepFailed(context.failures().at(number, statement, failure), state);
        }
        append(note(EntryKind.OUTCOME, number, DONE, statement));
    }

    /** The statements stand; without its checks the revision is not applied. */
    private void verify() {
        if (context.step().direction() == Direction.DOWN) {
            return;
        }
        try {
            Questions.ask(context, context.script().verify(), "verify", "verify is not true");
        } catch (MigrationFailed e) {
            throw new StepFailed(e, state);
        }
    }

    private Draft note(EntryKind kind, int number, @Nullable String outcome, Statement statement) {
        return Draft.of(kind, state.heads(), statement.sql())
                .revision(context.script().id(), context.script().checksum())
                .statement(number, outcome);
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

        private final transient MigrationFailed error;
        private final transient JournalState state;

        StepFailed(MigrationFailed error, JournalState state) {
            super(error);
            this.error = error;
            this.state = state;
        }

        MigrationFailed error() {
            return error;
        }

        JournalState state() {
            return state;
        }
    }
}
