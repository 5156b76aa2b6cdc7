// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A new column that is computed and stored. */
final class StoredColumn extends RuleBase {
    StoredColumn() {
        super("SK116", "generated-stored", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.STORED, found);
    }
}
