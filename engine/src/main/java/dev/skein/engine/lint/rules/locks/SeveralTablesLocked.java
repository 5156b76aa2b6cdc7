// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Strong locks on several tables in one transaction. */
public final class SeveralTablesLocked extends RuleBase {
    public SeveralTablesLocked() {
        super("SK127", "several-tables-locked", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        var held = effect.tables().heldBefore(StatementEffect.EXCLUSIVE);
        var more =
                effect.tables().locked(StatementEffect.EXCLUSIVE).stream()
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
