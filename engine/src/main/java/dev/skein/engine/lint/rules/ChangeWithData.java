// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** Rows are changed while a table is locked. */
final class ChangeWithData extends RuleBase {
    ChangeWithData() {
        super("SK602", "data-with-ddl", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var held = effect.heldBefore(StatementEffect.EXCLUSIVE);
        if (!held.isEmpty() && !RowChanges.of(effect).isEmpty()) {
            found.tell(
                    "rows are changed while nobody can use " + String.join(", ", held),
                    "Put the change of rows into a revision of its own, with --@ batch");
        }
    }
}
