// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A column in use that gets another name. */
final class RenameColumn extends RuleBase {
    RenameColumn() {
        super("SK501", "rename-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var names : effect.renamedColumns()) {
            found.tell(
                    "clients that still say " + names.get(0) + " break",
                    "Add a column, write to both, and drop the old one some revisions later");
        }
    }
}
