// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A table in use that is written anew for another type, or for a reason without a rule. */
final class Rewrites extends RuleBase {
    Rewrites() {
        super("SK118", "table-rewrite", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.TYPE, found);
        TableRewrites.tell(effect, TableRewrites.Cause.OTHER, found);
    }
}
