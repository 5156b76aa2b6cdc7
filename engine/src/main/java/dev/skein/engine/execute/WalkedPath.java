// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers across a broken connection which revisions were walked. A step whose COMMIT was cut off
 * was committed if the next plan lacks it.
 */
final class WalkedPath implements Progress {
    private final Progress listener;
    private final List<String> walked = new ArrayList<>();
    private int committed;
    private List<Step> planned = List.of();
    private @Nullable Plan first;

    WalkedPath(Progress listener) {
        this.listener = listener;
    }

    @Override
    public void accepted(SchemaDrift drift) {
        listener.accepted(drift);
    }

    @Override
    public void unknown(String why) {
        listener.unknown(why);
    }

    @Override
    public void staysDrifted(SchemaDrift drift) {
        listener.staysDrifted(drift);
    }

    @Override
    public void staysUnknown(ExpectedSchema.Unknown unknown, List<String> heads) {
        listener.staysUnknown(unknown, heads);
    }

    @Override
    public void planned(Plan plan) {
        settle(plan.path());
        first = first == null ? plan : first;
        planned = plan.steps();
        listener.planned(plan);
    }

    /** How often something was heard to be committed: a run that gets further is not lost. */
    int committed() {
        return committed;
    }

    /** What the first attempt set out to do; later ones do the rest of it and no more. */
    @Nullable Plan plan() {
        return first;
    }

    /** What is not planned any more has happened. */
    private void settle(List<String> ahead) {
        for (var step : planned) {
            if (!walked.contains(step.revision()) && !ahead.contains(step.revision())) {
                done(step, Duration.ZERO);
            }
        }
    }

    @Override
    public void done(Step step, Duration took) {
        committed++;
        walked.add(step.revision());
        listener.done(step, took);
    }

    @Override
    public void waitingForLock(String holder) {
        listener.waitingForLock(holder);
    }

    @Override
    public void running(Step step, int statement, int statements) {
        listener.running(step, statement, statements);
    }

    @Override
    public void retrying(Step step, String reason, Duration pause) {
        listener.retrying(step, reason, pause);
    }

    @Override
    public void readingAgain(String reason, Duration pause) {
        listener.readingAgain(reason, pause);
    }

    @Override
    public void reconnecting(String reason) {
        listener.reconnecting(reason);
    }

    @Override
    public void batched(Step step, long rows, BatchDirective batch) {
        committed++;
        listener.batched(step, rows, batch);
    }

    /** The outcome with the whole path in it. */
    Outcome complete(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> {
                settle(List.of());
                yield new Outcome.Done(walked, done.heads(), done.fingerprint());
            }
            case Outcome.Held held -> new Outcome.Held(walked, held.heads());
            default -> outcome;
        };
    }
}
