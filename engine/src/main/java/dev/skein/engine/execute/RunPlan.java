// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.UnknownHeadsAdvice;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.UnapprovedPath;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the steps of a run: those that lead to its goal, or the rest of those it began. */
final class RunPlan {
    private final RunContext run;
    private final @Nullable Plan begun;

    /**
     * @param begun what it set out to do before its connection broke; null for nothing
     */
    RunPlan(RunContext run, @Nullable Plan begun) {
        this.run = run;
        this.begun = begun;
    }

    /** The steps from where the journal stands. */
    Plan from(List<String> heads, List<Envelope> history) {
        if (begun != null) {
            return begun.rest(heads).orElseThrow(() -> movedAway(heads));
        }
        try {
            return approved(toGoal(new Planner(run.scripts().graph(), heads)), heads);
        } catch (UnknownHeads e) {
            var found = UnknownHeadsAdvice.inWords(e.unknown(), history);
            throw new UnknownHeads(e.unknown(), run.subject(), found);
        }
    }

    private Plan toGoal(Planner planner) {
        return switch (run.order().goal()) {
            case Goal.Upgrade up -> planner.upgrade(up.target());
            case Goal.Downgrade down -> planner.downgrade(down.target());
            case Goal.TakeBack back -> planner.takeBack(back.ids());
            case Goal.Stamp stamp -> throw new IllegalStateException("stamps have no plan");
        };
    }

    private Plan approved(Plan plan, List<String> heads) {
        var path = run.order().approved();
        if (path != null && !path.covers(plan.path())) {
            throw UnapprovedPath.way(run.subject(), heads, plan.path(), path);
        }
        return plan;
    }

    private RunRefusal movedAway(List<String> heads) {
        return new RunRefusal(
                run.subject(),
                "somebody else moved it to " + String.join(", ", heads) + " meanwhile",
                "Look at its history: skein current, skein history -i");
    }
}
