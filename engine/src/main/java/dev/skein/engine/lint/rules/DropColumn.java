// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A column that goes, with its values. */
final class DropColumn extends Base {
    DropColumn() {
        super("SK302", "drop-column", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var column : effect.gone(Kind.COLUMN)) {
            var table = new ItemId(Kind.TABLE, "", column.id().relation());
            var renamed =
                    effect.renamedColumns().stream()
                            .anyMatch(names -> names.get(0).equals(column.id().fullName()));
            if (effect.isThere(table) && !renamed && !column.has("generated")) {
                found.tell(
                        "every value of "
                                + column.id().fullName()
                                + " is gone, and clients that know it break",
                        "Stop using it first, and drop it some revisions later");
            }
        }
    }
}
