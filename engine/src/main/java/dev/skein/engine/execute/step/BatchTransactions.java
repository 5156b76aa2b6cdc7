// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.time.Duration;
import java.util.List;

/** The transactions of a batched change, each with what it notes. */
final class BatchTransactions {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);

    private final StepContext context;
    private final BatchDirective batch;

    BatchTransactions(StepContext context, BatchDirective batch) {
        this.context = context;
        this.batch = batch;
    }

    /** The keys of one batch, the first and the last, and how many rows there are. */
    record Slice(String first, String last, long rows) {}

    /** Notes the beginning: an INTENT in the journal, the bounds in the table. */
    JournalState begin(BatchProgress progress, JournalState state) {
        context.session().script(BatchProgress.CREATE, QUERY_TIMEOUT);
        var entry =
                JournalWriter.write(
                        context.journal(), context.chain(), state, intent(progress, state));
        carryOut(
                new StepMessage()
                        .add("BEGIN", 1, this::late)
                        .add(progress.begin(target()), 1, this::late)
                        .add(entry.sql(), 1, this::late)
                        .add("COMMIT", 1, this::late));
        return entry.after();
    }

    private EntryDraft intent(BatchProgress progress, JournalState state) {
        var body = new EntryBody.Intent(context.version(), 1, true);
        return new EntryDraft(state.heads(), context.section().sql(), body)
                .withDetail(batch + " from " + progress.low() + " to " + progress.high());
    }

    /** Changes the rows of one batch, and notes how far that is. */
    void change(BatchProgress progress, BatchKey key, Slice slice, JournalState state) {
        var nonce = Nonce.next();
        var statement = context.section().statements().getFirst();
        var sql =
                BatchText.with(
                        statement.sql(), key.literal(slice.first()), key.literal(slice.last()));
        var failures = context.failures();
        var advance = progress.advance(target(), slice.last(), slice.rows(), nonce);
        carryOut(
                context.beginAnew(new JournalSql(target(), nonce).guard(state))
                        .add(sql, 1, (e, at) -> failures.at(1, statement, e, at))
                        .add("RESET SESSION AUTHORIZATION; RESET synchronous_commit", 2, this::late)
                        .add(advance, 1, this::late)
                        .add("COMMIT", 1, this::late));
    }

    /** Forgets how far it was, and applies the revision. */
    JournalState end(JournalState state) {
        var forget = new Statement(0, BatchProgress.end(target()), "DELETE");
        return complete(TransactionalStep.step(context, state, List.of(forget)));
    }

    /** Sends a transaction and waits until it is committed; a failed one is rolled back. */
    JournalState complete(TransactionalStep step) {
        try {
            step.send();
            return step.complete();
        } catch (StepFailure e) {
            step.abandon();
            context.session().script("ROLLBACK", QUERY_TIMEOUT);
            throw e;
        }
    }

    private String target() {
        return context.journal().target();
    }

    private MigrationFailed late(PgServerError error, int position) {
        return context.failures().after(error);
    }

    /** One transaction, one message: without its beginning nothing of it runs. */
    private void carryOut(StepMessage message) {
        var sent = context.session().sendCounted(message.text());
        try {
            context.session().await(sent.answer(), context.bound(message.statements()));
        } catch (PgServerError e) {
            context.session().script("ROLLBACK", QUERY_TIMEOUT);
            throw new StepFailure(e, message.explain(e, sent.completed().get()));
        }
    }
}
