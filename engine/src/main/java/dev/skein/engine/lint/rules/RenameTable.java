// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A table in use that gets another name. */
final class RenameTable extends Base {
    RenameTable() {
        super("SK502", "rename-table", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var names : effect.renamed()) {
            found.tell(
                    "clients that still say " + names.get(0) + " break",
                    "CREATE VIEW "
                            + names.get(0)
                            + " AS TABLE "
                            + names.get(1)
                            + " in the same revision");
        }
    }
}
