// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Rows of a table in use that are changed in one transaction. */
final class ManyRows extends Base {
    ManyRows() {
        super("SK603", "unbatched-change", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var some = RowChanges.of(effect).stream().filter(RowChanges.Change::bounded).toList();
        if (!some.isEmpty()) { // a rule of its own tells of every row
            found.tell(
                    "rows of "
                            + RowChanges.tables(some)
                            + " are changed in one transaction, and locked until its end",
                    "--@ batch: table by key, if that may be many rows");
        }
    }
}
