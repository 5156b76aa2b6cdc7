// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RewriteCauses;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A table in use that is written anew for another type, or for a reason without a rule. */
public final class TableRewrite extends RuleBase {
    public TableRewrite() {
        super("SK118", "table-rewrite", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RewriteCauses.tell(effect, RewriteCauses.Cause.TYPE, found);
        RewriteCauses.tell(effect, RewriteCauses.Cause.OTHER, found);
    }
}
