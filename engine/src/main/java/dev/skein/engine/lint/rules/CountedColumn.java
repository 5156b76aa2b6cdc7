// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A new serial or identity column, which numbers every row. */
final class CountedColumn extends RuleBase {
    CountedColumn() {
        super("SK117", "counted-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.COUNTED, found);
    }
}
