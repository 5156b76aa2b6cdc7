// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.Scripts;

/** Sees before the first step that every revision on the way down has a way down. */
record Backwards(String subject, Scripts scripts) {
    void check(Plan plan) {
        for (var step : plan.steps()) {
            if (step.direction() == Direction.DOWN) {
                check(step.revision());
            }
        }
    }

    private void check(String revision) {
        var script = scripts.get(revision);
        if (script.irreversible() != null) {
            throw new Refusal(
                    subject,
                    "revision " + revision + " is irreversible: " + script.irreversible(),
                    "Choose a target above it, or restore a backup");
        }
        if (script.downgrade().line() == 0 && !script.revision().isMerge()) {
            throw new Refusal(
                    subject,
                    "revision " + revision + " has no downgrade (" + script.file() + ")",
                    "Write its section '--@ downgrade', or choose a target above it");
        }
    }
}
