// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RowChanges;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Rows are changed while a table is locked. */
public final class DataWithDdl extends RuleBase {
    public DataWithDdl() {
        super("SK602", "data-with-ddl", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var held = effect.tables().heldBefore(StatementEffect.EXCLUSIVE);
        if (!held.isEmpty() && !RowChanges.of(effect).isEmpty()) {
            found.tell(
                    "rows are changed while nobody can use " + String.join(", ", held),
                    "Put the change of rows into a revision of its own, with --@ batch");
        }
    }
}
