// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A constraint that goes. */
final class DropConstraint extends Base {
    DropConstraint() {
        super("SK305", "drop-constraint", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var constraint : effect.gone(Kind.CONSTRAINT)) {
            var table = new ItemId(Kind.TABLE, "", constraint.id().relation());
            var helper = constraint.text("definition").contains(" IS NOT NULL)");
            if (!helper
                    && effect.isThere(table)
                    && effect.made(Kind.CONSTRAINT).isEmpty()
                    && effect.gone(Kind.COLUMN).isEmpty()) {
                found.tell(
                        "nothing guards "
                                + constraint.text("definition")
                                + " on "
                                + constraint.id().relation()
                                + " any more",
                        "Say in the message why that is right");
            }
        }
    }
}
