// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Keys that will run out of numbers. */
public final class SmallKey extends RuleBase {
    public SmallKey() {
        super("SK705", "small-key", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var key : effect.made(ObjectKind.CONSTRAINT)) {
            for (var column : effect.made(ObjectKind.COLUMN)) {
                if (isKey(key, column) && isSmall(column) && counts(column)) {
                    found.tell(column.id().fullName() + " runs out of numbers one day", "bigint");
                }
            }
        }
    }

    private static boolean isKey(CatalogItem constraint, CatalogItem column) {
        var alone = "PRIMARY KEY (" + column.id().name() + ")";
        return constraint.text(Attribute.DEFINITION).equals(alone)
                && column.id().relation().equals(constraint.id().relation());
    }

    private static boolean isSmall(CatalogItem column) {
        var type = column.text(Attribute.TYPE);
        return type.equals("integer") || type.equals("smallint");
    }

    private static boolean counts(CatalogItem column) {
        return column.has(Attribute.IDENTITY)
                || column.text(Attribute.DEFAULT).startsWith("nextval(");
    }
}
