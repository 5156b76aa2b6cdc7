// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RewriteCauses;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A new column that is computed and stored. */
public final class GeneratedStored extends RuleBase {
    public GeneratedStored() {
        super("SK116", "generated-stored", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RewriteCauses.tell(effect, RewriteCauses.Cause.STORED, found);
    }
}
