// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** UPDATE or DELETE without WHERE. */
final class EveryRow extends Base {
    EveryRow() {
        super("SK601", "every-row", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var whole = RowChanges.of(effect).stream().filter(change -> !change.bounded()).toList();
        if (!whole.isEmpty()) {
            found.tell(
                    "it changes every row of " + RowChanges.tables(whole) + " in one transaction",
                    "--@ batch: table by key, so that nobody waits for long");
        }
    }
}
