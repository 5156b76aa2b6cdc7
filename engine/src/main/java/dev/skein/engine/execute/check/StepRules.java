// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.MismatchedStatements;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.Scripts;

/**
 * Sees before the first step that every step can be taken: each revision on the way down has a way
 * down, and nothing on the way would do something else than what is written.
 */
public record StepRules(String subject, Scripts scripts) {
    public void check(Plan plan) {
        for (var step : plan.steps()) {
            var script = scripts.get(step.revision());
            boolean up = step.direction() == Direction.UP;
            if (!up) {
                back(script);
            }
            MismatchedStatements.refuse(script, up);
        }
    }

    private void back(Script script) {
        if (script.irreversible() != null) {
            throw new RunRefusal(
                    subject,
                    "revision " + script.id() + " is irreversible: " + script.irreversible(),
                    "Choose a target above it, or restore a backup");
        }
        if (!script.hasWayBack()) {
            throw new RunRefusal(
                    subject,
                    "revision " + script.id() + " has no downgrade (" + script.file() + ")",
                    "Write its section '--@ downgrade', or choose a target above it");
        }
    }
}
