// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A constraint that goes. */
public final class DropConstraint extends RuleBase {
    public DropConstraint() {
        super("SK305", "drop-constraint", LintLevel.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var constraint : effect.gone(ObjectKind.CONSTRAINT)) {
            var table = new ItemId(ObjectKind.TABLE, "", constraint.id().relation());
            var helper = constraint.text(Attribute.DEFINITION).contains(" IS NOT NULL)");
            if (!helper && effect.isThere(table) && !isReplaced(effect, constraint)) {
                found.tellOf(
                        constraint.id(),
                        "nothing guards "
                                + constraint.text(Attribute.DEFINITION)
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
    private static boolean isReplaced(StatementEffect effect, CatalogItem constraint) {
        var table = constraint.id().relation();
        return effect.made(ObjectKind.CONSTRAINT).stream()
                        .filter(made -> made.id().relation().equals(table))
                        .anyMatch(made -> kind(made).equals(kind(constraint)))
                || effect.gone(ObjectKind.COLUMN).stream()
                        .anyMatch(c -> c.id().relation().equals(table));
    }

    private static String kind(CatalogItem constraint) {
        return constraint.text(Attribute.DEFINITION).replaceAll("(?s) .*", "");
    }
}
