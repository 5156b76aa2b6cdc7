// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.Json;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.Map;

/** The journal while one revision runs outside a transaction: where it stands, and its frames. */
final class NonTransactionalJournal {
    private final StepContext context;
    private JournalState state;

    NonTransactionalJournal(StepContext context, JournalState before) {
        this.context = context;
        this.state = before;
    }

    JournalState state() {
        return state;
    }

    /** Follows what a transaction has written with its work. */
    void follow(JournalState after) {
        state = after;
    }

    /**
     * Notes that a statement is about to run.
     *
     * @param before what recovery needs
     */
    void intent(int number, Statement statement, Map<String, String> before) {
        var body = new EntryBody.Intent(context.version(), number, false);
        var draft = new EntryDraft(state.heads(), statement.sql(), body);
        append(draft.withDetail(Json.text(before)));
    }

    /** Notes what came of it. */
    void outcome(int number, Statement statement, String outcome) {
        var body = new EntryBody.StatementOutcome(context.version(), number, outcome);
        append(new EntryDraft(state.heads(), statement.sql(), body));
    }

    JournalState append(EntryDraft draft) {
        state =
                JournalWriter.append(
                        context.session(), context.journal(), context.chain(), state, draft);
        return state;
    }

    NonTransactionalFailure failure(StepFailure e) {
        return new NonTransactionalFailure(e.failure(), e.error(), state);
    }

    /** A failure that waiting does not heal. */
    NonTransactionalFailure failure(MigrationFailed e) {
        return new NonTransactionalFailure(e, null, state);
    }
}
