// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RewriteCauses;
import dev.skein.engine.lint.rules.support.RuleBase;

/** VACUUM FULL and CLUSTER. */
public final class VacuumFull extends RuleBase {
    public VacuumFull() {
        super("SK121", "vacuum-full", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RewriteCauses.tell(effect, RewriteCauses.Cause.VACUUM, found);
    }
}
