// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.check.RunDrift;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.execute.step.AfterCommit;
import dev.skein.engine.execute.step.BatchStep;
import dev.skein.engine.execute.step.NonTransactionalFailure;
import dev.skein.engine.execute.step.NonTransactionalStep;
import dev.skein.engine.execute.step.StepContext;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Walks a plan, each step as its kind wants it; what waiting can heal is tried again. */
final class Walk {
    private static final Duration RESET_TIMEOUT = Duration.ofMinutes(2);

    private final RunContext run;
    private final RunJournal journal;
    private final Prechecks prechecks;
    private final WalkPosition position;
    private final WalkPatience patience;
    private long since = System.nanoTime();

    Walk(RunContext run, Plan plan, Prechecks prechecks, RunJournal journal) {
        this.run = run;
        this.journal = journal;
        this.prechecks = prechecks;
        this.position = new WalkPosition(run, plan, prechecks);
        this.patience = new WalkPatience(run.newPatience());
    }

    /** The revisions walked so far. */
    List<String> path() {
        return position.path();
    }

    /** Asks what no earlier run saw hold. */
    void verifyAgain(Set<String> unverified) {
        for (var revision : run.scripts().graph().sorted(unverified)) {
            var step = new Step(Direction.UP, revision, journal.heads(), journal.heads());
            verifyAfter(position.context(step));
            patience.noteWait();
        }
    }

    /**
     * Walks to the end, or to the step where the brake was pulled.
     *
     * @return whether the end was reached
     * @throws MigrationFailed if a step failed for good
     */
    boolean toTheEnd() {
        if (prechecks.haveAsked()) {
            position.keepLocks();
        }
        while (position.has(position.next())) {
            if (run.brake().isPulled()) {
                return false;
            }
            try {
                walkOn(position.step(position.next()));
            } catch (StepFailure e) {
                patience.waitOrGiveUp(position.step(position.next()), e);
            }
        }
        return true;
    }

    private void walkOn(Step step) {
        int number = position.next();
        var script = run.scripts().get(step.revision());
        if (patience.hasWaited() || (number > 0 && !position.isQuick(number))) {
            journal.follow(asLeft(position.context(step), journal.state()));
            patience.forgetWait();
        }
        if (prechecks.askLate(step)) {
            position.keepLocks();
        }
        if (script.batch() != null) {
            runInBatches(position.context(step));
        } else if (script.transactional()) {
            new StepPipeline(run, position, journal.state()).run(this::committed);
        } else {
            runNonTransactional(position.context(step));
        }
    }

    /**
     * Somebody may have changed the schema while this run waited between two steps, or in a long
     * change of rows. Not asked between steps that follow each other without a pause.
     */
    private JournalState asLeft(StepContext context, JournalState now) {
        if (!run.order().fingerprints()) {
            return now;
        }
        try {
            return new RunDrift(run).compareAgain(now);
        } catch (PgServerError e) {
            throw new StepFailure(e, context.failures().after(e));
        }
    }

    private void runInBatches(StepContext context) {
        var step =
                new BatchStep(context, journal.state(), patience::renew, s -> asLeft(context, s));
        try {
            step.run().ifPresent(this::committed);
        } finally {
            if (!path().contains(context.step().revision())) {
                journal.follow(step.state());
            }
        }
    }

    /** Outside a transaction its statements may wait for locks as long as it takes. */
    private void runNonTransactional(StepContext context) {
        run.watched().patient(true);
        var fingerprint = new FingerprintReading(run, patience.ofStep());
        var step = new NonTransactionalStep(context, journal.state(), fingerprint);
        try {
            step.run().ifPresent(this::committed);
        } catch (NonTransactionalFailure e) {
            journal.follow(e.state());
            throw e.asOfStep();
        } catch (PgServerError e) {
            if (!Patience.isCancelled(e)) {
                throw e;
            }
            // It hit what is asked between the statements; what ran is found in the catalog.
            journal.follow(step.state());
            run.session().script("RESET lock_timeout; RESET statement_timeout", RESET_TIMEOUT);
            throw new StepFailure(e, context.failures().after(e));
        } finally {
            run.watched().patient(false);
        }
    }

    private void committed(JournalState after) {
        var step = position.step(position.next());
        var context = position.context(step);
        journal.follow(after);
        position.advance();
        patience.renew();
        long now = System.nanoTime();
        run.progress().done(step, Duration.ofNanos(now - since));
        since = now;
        verifyAfter(context);
        if (!context.script().verifyAfter().isEmpty()) {
            patience.noteWait();
        }
    }

    /** The checks behind the commit; whoever has to wait for them comes first. */
    private void verifyAfter(StepContext context) {
        while (true) {
            try {
                journal.follow(AfterCommit.verify(context, journal.state()));
                if (!context.script().verifyAfter().isEmpty()) {
                    position.keepLocks();
                }
                return;
            } catch (StepFailure e) {
                patience.waitOrGiveUp(context.step(), e);
            }
        }
    }
}
