// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A column in use that gets another name. */
public final class RenameColumn extends RuleBase {
    public RenameColumn() {
        super("SK501", "rename-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var names : effect.tables().renamedColumns()) {
            found.tell(
                    "clients that still say " + names.get(0) + " break",
                    "Add a column, write to both, and drop the old one some revisions later");
        }
    }
}
