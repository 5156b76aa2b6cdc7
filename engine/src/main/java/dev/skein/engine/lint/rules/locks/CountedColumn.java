// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RewriteCauses;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A new serial or identity column, which numbers every row. */
public final class CountedColumn extends RuleBase {
    public CountedColumn() {
        super("SK117", "counted-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RewriteCauses.tell(effect, RewriteCauses.Cause.COUNTED, found);
    }
}
