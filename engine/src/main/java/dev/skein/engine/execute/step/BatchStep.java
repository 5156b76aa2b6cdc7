// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.ScriptPiece.Statement;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs a data change in batches: each is one transaction that also notes how far it came, so that a
 * run that was cut off goes on where it was. Only the last transaction applies the revision.
 */
public final class BatchStep {
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration PING = Duration.ofSeconds(10);

    private final StepContext context;
    private final Brake brake;
    private final BatchDirective batch;
    private final Runnable afterBatch;
    private final UnaryOperator<JournalState> asLeft;
    private JournalState state;

    /**
     * @param asLeft refuses a schema that changed while the rows were, before the end stores what
     *     it is
     */
    public BatchStep(
            StepContext context,
            JournalState before,
            Brake brake,
            Runnable afterBatch,
            UnaryOperator<JournalState> asLeft) {
        this.asLeft = asLeft;
        this.context = context;
        this.state = before;
        this.afterBatch = afterBatch;
        this.brake = brake;
        this.batch = Objects.requireNonNull(context.script().batch(), "batch");
    }

    /**
     * Runs what is left of it.
     *
     * @return the state it leaves; nothing where the brake was pulled before the end
     * @throws StepFailure if a batch failed; those before it stand
     */
    public Optional<JournalState> run() {
        try {
            return ran();
        } catch (PgServerError e) {
            throw new StepFailure(e, context.failures().after(e));
        }
    }

    /** Where the journal stands, also after a batch that failed. */
    public JournalState state() {
        return state;
    }

    private Optional<JournalState> ran() {
        var statements = context.section().statements();
        if (statements.size() != 1 || !BatchText.isBatched(statements.getFirst().sql())) {
            return Optional.of(land(TransactionalStep.step(context, state))); // a plain way down
        }
        var key = BatchKey.of(context, batch);
        var place = BatchProgress.read(context.session(), target()).filter(this::isOurs);
        if (place.isEmpty()) {
            place = begin(key);
            if (place.isEmpty()) {
                return Optional.of(land(TransactionalStep.step(context, state, List.of())));
            }
            state = noted(place.get());
        }
        return walk(place.get(), key);
    }

    private String target() {
        return context.journal().target();
    }

    private boolean isOurs(BatchProgress progress) {
        return progress.revision().equals(context.script().id());
    }

    /** The bounds as they are now; nothing where the table is empty. */
    private Optional<BatchProgress> begin(BatchKey key) {
        var rows = context.session().script(key.bounds(), SHORT);
        var low = rows.iterator().next().getString(0);
        if (low == null) {
            return Optional.empty();
        }
        return Optional.of(
                new BatchProgress(
                        context.script().id(),
                        context.script().checksum(),
                        context.step().direction() == Direction.UP,
                        low,
                        rows.iterator().next().getString(1),
                        null,
                        0));
    }

    /** Notes the beginning: an INTENT in the journal, the bounds in the table. */
    private JournalState noted(BatchProgress progress) {
        context.session().script(BatchProgress.CREATE, SHORT);
        var draft =
                new EntryDraft(
                                state.heads(),
                                context.section().sql(),
                                new EntryBody.Intent(context.version(), 1, true))
                        .withDetail(batch + " from " + progress.low() + " to " + progress.high());
        var entry = JournalWriter.write(context.journal(), context.chain(), state, draft);
        var message =
                new StepMessage()
                        .add("BEGIN", 1, this::late)
                        .add(progress.begin(target()), 1, this::late)
                        .add(entry.sql(), 1, this::late)
                        .add("COMMIT", 1, this::late);
        carryOut(message);
        return entry.after();
    }

    private Optional<JournalState> walk(BatchProgress begun, BatchKey key) {
        var progress = begun;
        while (true) {
            if (brake.isPulled()) {
                return Optional.empty();
            }
            var next = context.session().script(key.next(progress), context.bound());
            var row = next.iterator().next();
            if (row.getString(0) == null) {
                state = asLeft.apply(state);
                var end = new Statement(0, BatchProgress.end(target()), "DELETE");
                return Optional.of(land(TransactionalStep.step(context, state, List.of(end))));
            }
            one(progress, key, row);
            progress = progress.after(row.getString(1), row.getLong(2));
            context.progress().batched(context.step(), progress.rows(), batch);
            afterBatch.run();
            pause();
        }
    }

    private void one(BatchProgress progress, BatchKey key, Row keys) {
        var nonce = Nonce.next();
        var statement = context.section().statements().getFirst();
        var sql =
                BatchText.with(
                        statement.sql(),
                        key.literal(keys.getString(0)),
                        key.literal(keys.getString(1)));
        var failures = context.failures();
        carryOut(
                context.beginAnew(new JournalSql(target(), nonce).guard(state))
                        .add(sql, 1, (e, at) -> failures.at(1, statement, e, at))
                        .add("RESET SESSION AUTHORIZATION; RESET synchronous_commit", 2, this::late)
                        .add(
                                progress.advance(
                                        target(), keys.getString(1), keys.getLong(2), nonce),
                                1,
                                this::late)
                        .add("COMMIT", 1, this::late));
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
            context.session().script("ROLLBACK", SHORT);
            throw new StepFailure(e, message.explain(e, sent.completed().get()));
        }
    }

    private JournalState land(TransactionalStep flight) {
        try {
            flight.depart();
            return flight.land();
        } catch (StepFailure e) {
            flight.abandon();
            context.session().script("ROLLBACK", SHORT);
            throw e;
        }
    }

    /** Looks at the brake now and then; a session that stays silent for long is ended. */
    private void pause() {
        var left = batch.pause();
        while (left.isPositive() && !brake.isPulled()) {
            var slice = left.compareTo(PING) < 0 ? left : PING;
            try {
                Thread.sleep(slice);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the next message sees it and ends the run
                return;
            }
            left = left.minus(slice);
            context.session().script("SELECT 1", SHORT);
        }
    }
}
