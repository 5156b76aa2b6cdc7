// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.step.KeptLocks;
import dev.skein.engine.execute.step.StepContext;
import dev.skein.engine.execute.step.StepFingerprints;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** How far a walk is, and what each of its steps is run with. */
final class WalkPosition {
    private final RunContext run;
    private final Prechecks prechecks;
    private final List<Step> steps;
    private final StepFingerprints fingerprint;
    private final KeptLocks locks = new KeptLocks();
    private final List<String> path = new ArrayList<>();

    WalkPosition(RunContext run, Plan plan, Prechecks prechecks) {
        this.run = run;
        this.prechecks = prechecks;
        this.steps = plan.steps();
        this.fingerprint = new StepFingerprints(run.session(), run.order());
    }

    /** The revisions walked so far. */
    List<String> path() {
        return path;
    }

    /** The number of the step that is next, from 0. */
    int next() {
        return path.size();
    }

    /** Whether there is a step of this number. */
    boolean has(int number) {
        return number < steps.size();
    }

    Step step(int number) {
        return steps.get(number);
    }

    /** The step that is next has been walked. */
    void advance() {
        path.add(steps.get(path.size()).revision());
    }

    /** Whether a step is one transaction that nothing is asked before. */
    boolean isQuick(int number) {
        var script = run.scripts().get(step(number).revision());
        return script.transactional() && script.batch() == null && !prechecks.isLate(step(number));
    }

    StepContext context(int number) {
        return context(step(number));
    }

    StepContext context(Step step) {
        return new StepContext(run, step, fingerprint, locks);
    }

    /** Several steps will ask for their fingerprints. */
    void prepareFingerprints() {
        fingerprint.prepare();
    }

    /** What questions have locked is nobody's. */
    void keepLocks() {
        locks.keep(run.session());
    }
}
