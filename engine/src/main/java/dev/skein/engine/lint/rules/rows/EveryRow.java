// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RowChanges;
import dev.skein.engine.lint.rules.support.RuleBase;

/** UPDATE or DELETE without WHERE. */
public final class EveryRow extends RuleBase {
    public EveryRow() {
        super("SK601", "every-row", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var whole = RowChanges.of(effect).stream().filter(change -> !change.bounded()).toList();
        if (!whole.isEmpty()) {
            found.tell(
                    "it changes every row of " + RowChanges.tables(whole) + " in one transaction",
                    "--@ batch: table by key, so that nobody waits for long");
        }
    }
}
