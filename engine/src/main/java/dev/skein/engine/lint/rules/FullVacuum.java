// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** VACUUM FULL and CLUSTER. */
final class FullVacuum extends RuleBase {
    FullVacuum() {
        super("SK121", "vacuum-full", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.VACUUM, found);
    }
}
