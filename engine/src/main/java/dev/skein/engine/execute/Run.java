// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.AppliedChecksums;
import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.step.AfterCommit;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.plan.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run under the lock, from the fenced journal to the last entry. */
final class Run {
    private final RunContext run;
    private final RunJournal journal;
    private final RunPlan plans;
    private final RunSchema schema;
    private final RunEnding ending;

    /**
     * @param begun what it set out to do before its connection broke; null for nothing
     */
    Run(RunContext run, @Nullable Plan begun) {
        this.run = run;
        this.journal = new RunJournal(run);
        this.plans = new RunPlan(run, begun);
        this.schema = new RunSchema(run, journal, begun != null);
        this.ending = new RunEnding(run, journal);
    }

    /** Carries the order out. */
    Outcome carryOut() {
        if (run.isDirected() && !journal.fence()) {
            return new Outcome.Superseded(journal.stored().accepted());
        }
        if (journal.isAnswered()) {
            return new Outcome.Answered(journal.heads());
        }
        var history = journal.history();
        return run.order().goal() instanceof Goal.Stamp stamp
                ? new RunStamp(run, journal, schema, ending).stamp(stamp, history)
                : migrate(history);
    }

    private Outcome migrate(List<Envelope> history) {
        var plan = plans.from(journal.heads(), history);
        AppliedChecksums.compare(run.subject(), history, run.scripts(), journal.heads());
        var unverified = AfterCommit.unverified(history, run.scripts(), journal.heads());
        unverified.removeAll(plan.path()); // what is taken back needs to hold no more
        var asked = run.isDirected() || run.order().drift() != null;
        if (plan.isEmpty() && unverified.isEmpty() && !asked) {
            schema.report();
            return new Outcome.Done(List.of(), journal.heads(), null);
        }
        var prechecks = new Prechecks(run);
        new RunPreparation(run, journal, schema).prepare(plan, prechecks, history);
        run.progress().planned(plan);
        return walk(new Walk(run, plan, prechecks, journal), unverified);
    }

    private Outcome walk(Walk walk, Set<String> unverified) {
        try {
            walk.verifyAgain(unverified);
            return walk.toTheEnd() ? ending.reached(walk.path()) : ending.held(walk.path());
        } catch (MigrationFailed e) {
            return ending.failed(e);
        }
    }
}
