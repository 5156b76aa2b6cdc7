// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.Locale;

/** Rows of a table in use that are changed in one transaction. */
final class ManyRows extends Base {
    ManyRows() {
        super("SK603", "unbatched-change", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var changes =
                effect.statement().starts("UPDATE") || effect.statement().starts("DELETE FROM");
        var used = effect.holds("RowExclusiveLock");
        var whole = !effect.statement().sql().toUpperCase(Locale.ROOT).contains("WHERE");
        if (changes && !used.isEmpty() && !whole) { // a rule of its own tells of every row
            found.tell(
                    "rows of "
                            + String.join(", ", used)
                            + " are changed in one transaction, and locked until its end",
                    "--@ batch: table by key, if that may be many rows");
        }
    }
}
