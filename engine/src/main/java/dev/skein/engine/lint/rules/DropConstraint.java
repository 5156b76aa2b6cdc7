// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.CatalogItem;
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
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var constraint : effect.gone(Kind.CONSTRAINT)) {
            var table = new ItemId(Kind.TABLE, "", constraint.id().relation());
            var helper = constraint.text("definition").contains(" IS NOT NULL)");
            if (!helper && effect.isThere(table) && !isReplaced(effect, constraint)) {
                found.tellOf(
                        constraint.id(),
                        "nothing guards "
                                + constraint.text("definition")
                                + " on "
                                + constraint.id().relation()
                                + " any more",
                        "Say in the message why that is right");
            }
        }
    }

    /**
     * By another one of its kind, which is judged as what it is, or since a column of it is gone.
     */
    private static boolean isReplaced(Effect effect, CatalogItem constraint) {
        var table = constraint.id().relation();
        return effect.made(Kind.CONSTRAINT).stream()
                        .filter(made -> made.id().relation().equals(table))
                        .anyMatch(made -> kind(made).equals(kind(constraint)))
                || effect.gone(Kind.COLUMN).stream().anyMatch(c -> c.id().relation().equals(table));
    }

    private static String kind(CatalogItem constraint) {
        return constraint.text("definition").replaceAll("(?s) .*", "");
    }
}
