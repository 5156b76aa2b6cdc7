// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** More work while a table is locked. */
public final class MoreAfterLock extends RuleBase {
    public MoreAfterLock() {
        super("SK125", "more-after-lock", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        var held = effect.tables().heldBefore(StatementEffect.EXCLUSIVE);
        var slow = !effect.tables().scanned().isEmpty() || !effect.tables().rewritten().isEmpty();
        if (!held.isEmpty() && slow) {
            found.tell(
                    "this reads or writes a whole table while "
                            + String.join(", ", held)
                            + " is locked by an earlier statement",
                    "Put it into a revision of its own");
        }
    }
}
