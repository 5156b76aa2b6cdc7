// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A table that goes, with its rows. */
public final class DropTable extends RuleBase {
    public DropTable() {
        super("SK301", "drop-table", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var table : effect.gone(ObjectKind.TABLE)) {
            found.tell(
                    "every row of "
                            + table.id().name()
                            + " is gone, and clients that know it break",
                    "Rename it first and drop it some revisions later");
        }
    }
}
