// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.Scripts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** At which step of how many a run on one database is, in words. */
final class StepCount {
    private final Scripts scripts;
    private List<Step> steps = List.of();
    private int before;
    private int number;

    StepCount(Scripts scripts) {
        this.scripts = scripts;
    }

    /** These are the next ones; a run may plan again. */
    void planned(Plan plan) {
        steps = plan.steps();
        before = number;
    }

    /** One more is done: gives its number of how many. */
    String done() {
        return count(++number);
    }

    /**
     * What is at work, null behind the last step. Steps are sent before the one in front has ended:
     * what runs is the first that has not.
     */
    @Nullable String now() {
        int at = number - before;
        return at < steps.size() ? doing(steps.get(at)) : null;
    }

    /** That the next one, which is this, is at work. */
    String doing(Step step) {
        var doing = step.direction() == Direction.UP ? "applying " : "reverting ";
        return count(number + 1) + doing + named(step);
    }

    /** The same of one of its statements. */
    String doing(Step step, int statement, int statements) {
        return doing(step) + ", statement " + statement + " of " + statements;
    }

    private String count(int which) {
        return "[" + which + "/" + (before + steps.size()) + "] ";
    }

    String named(Step step) {
        var message = scripts.get(step.revision()).revision().message();
        return (step.revision() + " " + message).strip();
    }
}
