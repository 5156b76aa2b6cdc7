// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Rows are changed while a table is locked. */
final class ChangeWithData extends Base {
    ChangeWithData() {
        super("SK602", "data-with-ddl", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var held = effect.heldBefore(Effect.EXCLUSIVE);
        if (!held.isEmpty() && !RowChanges.of(effect).isEmpty()) {
            found.tell(
                    "rows are changed while nobody can use " + String.join(", ", held),
                    "Put the change of rows into a revision of its own, with --@ batch");
        }
    }
}
