// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new column that old rows cannot fill. */
final class NotNullWithoutDefault extends Base {
    NotNullWithoutDefault() {
        super("SK402", "required-column", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var column : effect.made(Kind.COLUMN)) {
            var given = column.has("default") || column.has("generated") || column.has("identity");
            var table = column.id().relation();
            var foreign = effect.isThere(new ItemId(Kind.FOREIGN_TABLE, "", table)); // not checked
            if (effect.isInUse(table) && column.has("not null") && !given && !foreign) {
                found.tell(
                        "it fails on every tenant that has rows in " + table,
                        "Give "
                                + column.id().name()
                                + " a default, or add it nullable and fill it");
            }
        }
    }
}
