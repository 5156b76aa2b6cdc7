// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** Strong locks on several tables in one transaction. */
final class SeveralLocks extends RuleBase {
    SeveralLocks() {
        super("SK127", "several-tables-locked", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        var held = effect.heldBefore(StatementEffect.EXCLUSIVE);
        var more =
                effect.locked(StatementEffect.EXCLUSIVE).stream()
                        .filter(t -> !held.contains(t))
                        .toList();
        if (!held.isEmpty() && !more.isEmpty()) {
            found.tell(
                    "it locks "
                            + String.join(", ", more)
                            + " while "
                            + String.join(", ", held)
                            + " is locked: two such transactions can wait for each other",
                    "One table per revision");
        }
    }
}
