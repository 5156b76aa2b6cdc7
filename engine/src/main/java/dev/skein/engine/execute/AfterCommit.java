// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.plan.Direction;

/** Runs the checks of {@code verify: after}, which scan and so must not hold the step's locks. */
final class AfterCommit {
    private AfterCommit() {}

    static void verify(StepContext context) {
        if (context.step().direction() == Direction.UP) {
            Questions.ask(
                    context,
                    context.script().verifyAfter(),
                    "verify: after",
                    "the check after the commit is not true; the revision is applied");
        }
    }
}
