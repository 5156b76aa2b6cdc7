// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.execute.step.BatchTransactions.Slice;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.script.BatchText;
import dev.skein.engine.script.ScriptPiece.Statement;
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
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PING = Duration.ofSeconds(10);

    private final StepContext context;
    private final BatchDirective batch;
    private final BatchTransactions transactions;
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
            Runnable afterBatch,
            UnaryOperator<JournalState> asLeft) {
        this.context = context;
        this.state = before;
        this.afterBatch = afterBatch;
        this.asLeft = asLeft;
        this.batch = Objects.requireNonNull(context.script().batch(), "batch");
        this.transactions = new BatchTransactions(context, batch);
    }

    /**
     * Runs what is left of it.
     *
     * @return the state it leaves; nothing where the brake was pulled before the end
     * @throws StepFailure if a batch failed; those before it stand
     */
    public Optional<JournalState> run() {
        try {
            return goOn();
        } catch (PgServerError e) {
            throw new StepFailure(e, context.failures().after(e));
        }
    }

    /** Where the journal stands, also after a batch that failed. */
    public JournalState state() {
        return state;
    }

    private Optional<JournalState> goOn() {
        var statements = context.section().statements();
        if (statements.size() != 1 || !BatchText.isBatched(statements.getFirst().sql())) {
            return Optional.of(runWhole(statements)); // a plain way down
        }
        var key = BatchKey.of(context, batch);
        var target = context.journal().target();
        var place = BatchProgress.read(context.session(), target).filter(this::isOurs);
        if (place.isEmpty()) {
            place = begin(key);
            if (place.isEmpty()) {
                return Optional.of(runWhole(List.of()));
            }
            state = transactions.begin(place.get(), state);
        }
        return walk(place.get(), key);
    }

    private JournalState runWhole(List<Statement> statements) {
        return transactions.complete(TransactionalStep.step(context, state, statements));
    }

    private boolean isOurs(BatchProgress progress) {
        return progress.revision().equals(context.script().id());
    }

    /** The bounds as they are now; nothing where the table is empty. */
    private Optional<BatchProgress> begin(BatchKey key) {
        var rows = context.session().script(key.bounds(), QUERY_TIMEOUT);
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

    private Optional<JournalState> walk(BatchProgress begun, BatchKey key) {
        var progress = begun;
        while (!context.brake().isPulled()) {
            var slice = next(progress, key);
            if (slice.isEmpty()) {
                state = asLeft.apply(state);
                return Optional.of(transactions.end(state));
            }
            transactions.change(progress, key, slice.get(), state);
            progress = progress.after(slice.get().last(), slice.get().rows());
            context.progress().batched(context.step(), progress.rows(), batch);
            afterBatch.run();
            pause();
        }
        return Optional.empty();
    }

    private Optional<Slice> next(BatchProgress progress, BatchKey key) {
        var rows = context.session().script(key.next(progress), context.bound());
        var row = rows.iterator().next();
        var first = row.getString(0);
        return first == null
                ? Optional.empty()
                : Optional.of(new Slice(first, row.getString(1), row.getLong(2)));
    }

    /** Looks at the brake now and then; a session that stays silent for long is ended. */
    private void pause() {
        var left = batch.pause();
        while (left.isPositive() && !context.brake().isPulled()) {
            var slice = left.compareTo(PING) < 0 ? left : PING;
            try {
                Thread.sleep(slice);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the next message sees it and ends the run
                return;
            }
            left = left.minus(slice);
            context.session().script("SELECT 1", QUERY_TIMEOUT);
        }
    }
}
