// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import java.time.Duration;
import java.util.List;

/** Notes what a run says of itself as what is being done about its directive. */
final class AttemptProgress implements Progress {
    private final DirectiveAttempts attempts;
    private final Directive directive;
    private final Progress other;
    private List<String> path = List.of();

    AttemptProgress(DirectiveAttempts attempts, Directive directive, Progress other) {
        this.attempts = attempts;
        this.directive = directive;
        this.other = other;
    }

    @Override
    public void planned(Plan plan) {
        path = plan.path();
        runs(0);
        other.planned(plan);
    }

    private void runs(int next) {
        if (next < path.size()) {
            var text = "runs %s (%d of %d)".formatted(path.get(next), next + 1, path.size());
            attempts.doing(directive, text);
        } else {
            attempts.doing(directive, "reads what it left");
        }
    }

    @Override
    public void waitingForLock(String holder) {
        attempts.waits(directive, "waits for the lock of another run: " + holder);
        other.waitingForLock(holder);
    }

    @Override
    public void running(Step step, int statement, int statements) {
        attempts.doing(
                directive,
                "runs statement %d of %d of %s".formatted(statement, statements, step.revision()));
        other.running(step, statement, statements);
    }

    @Override
    public void done(Step step, Duration took) {
        runs(path.indexOf(step.revision()) + 1);
        other.done(step, took);
    }

    @Override
    public void batched(Step step, long rows, BatchDirective batch) {
        attempts.doing(directive, "changes rows for " + step.revision());
        other.batched(step, rows, batch);
    }

    @Override
    public void reconnecting(String reason) {
        attempts.waits(directive, reason);
        other.reconnecting(reason);
    }

    @Override
    public void readingAgain(String reason, Duration pause) {
        attempts.waits(directive, "reads the schema again: " + reason);
        other.readingAgain(reason, pause);
    }

    @Override
    public void retrying(Step step, String reason, Duration pause) {
        attempts.waits(directive, "tries " + step.revision() + " again: " + reason);
        other.retrying(step, reason, pause);
    }
}
