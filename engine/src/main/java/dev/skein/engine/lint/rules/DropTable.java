// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A table that goes, with its rows. */
final class DropTable extends RuleBase {
    DropTable() {
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
