// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.execute.step.TransactionalStep;
import dev.skein.engine.journal.JournalState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Steps that follow each other closely. A transactional step is sent while the one before it still
 * runs, so that the server never waits for the client; not more than one ahead, so that a brake
 * stops soon.
 */
final class StepPipeline {
    private static final int AHEAD = 2;
    private static final Duration ROLLBACK_TIMEOUT = Duration.ofMinutes(2);

    private final RunContext run;
    private final WalkPosition position;
    private final Deque<TransactionalStep> sent = new ArrayDeque<>();
    private JournalState expected;
    private int next;

    /**
     * @param before where the journal stands
     */
    StepPipeline(RunContext run, WalkPosition position, JournalState before) {
        this.run = run;
        this.position = position;
        this.expected = before;
        this.next = position.next();
    }

    /**
     * Runs as many steps as may follow each other closely, at least one.
     *
     * @param committed is told of each that is committed
     */
    void run(Consumer<JournalState> committed) {
        if (position.has(next + 1)) {
            position.prepareFingerprints();
        }
        try {
            do {
                sendAhead();
                committed.accept(sent.element().complete());
                sent.remove();
            } while (!sent.isEmpty());
        } catch (StepFailure | MigrationFailed e) {
            rollBack();
            throw e;
        }
    }

    private void sendAhead() {
        while (sent.isEmpty() || (sent.size() < AHEAD && mayFollow())) {
            var step = nextStep();
            if (!sent.isEmpty() && !step.mayFollow()) {
                return; // what is sent in pieces would be told of the other's failure
            }
            next++;
            sent.add(step);
            step.send();
            expected = step.after();
        }
    }

    private TransactionalStep nextStep() {
        var context = position.context(next);
        return sent.isEmpty()
                ? TransactionalStep.step(context, expected)
                : TransactionalStep.following(context, expected);
    }

    private boolean mayFollow() {
        if (!position.has(next)
                || run.brake().isPulled()
                || !TransactionalStep.mayBeFollowed(position.context(next - 1))) {
            return false;
        }
        return position.isQuick(next);
    }

    /** Let the remaining messages fail, and leave a clean session. */
    private void rollBack() {
        var rollback = run.session().send("ROLLBACK");
        sent.forEach(TransactionalStep::abandon);
        run.session().await(rollback, ROLLBACK_TIMEOUT);
    }
}
