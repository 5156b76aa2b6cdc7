// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A new column whose default is another one for every row. */
final class VolatileDefault extends RuleBase {
    VolatileDefault() {
        super("SK115", "volatile-default", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.DEFAULT, found);
    }
}
