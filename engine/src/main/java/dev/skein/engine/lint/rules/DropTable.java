// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A table that goes, with its rows. */
final class DropTable extends Base {
    DropTable() {
        super("SK301", "drop-table", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var table : effect.gone(Kind.TABLE)) {
            found.tell(
                    "every row of "
                            + table.id().name()
                            + " is gone, and clients that know it break",
                    "Rename it first and drop it some revisions later");
        }
    }
}
