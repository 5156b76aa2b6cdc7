// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A column that goes, with its values; or these alone. */
public final class DropColumn extends RuleBase {
    public DropColumn() {
        super("SK302", "drop-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        effect.blindlyRetyped().forEach(column -> tellRetyped(column, found));
        for (var column : effect.gone(ObjectKind.COLUMN)) {
            var table = new ItemId(ObjectKind.TABLE, "", column.id().relation());
            if (effect.isThere(table) && !column.has(Attribute.GENERATED)) {
                tellGone(column.id(), effect.isThere(column.id()), found);
            }
        }
    }

    private static void tellRetyped(ItemId column, Found found) {
        found.tell(
                "every value of "
                        + column.fullName()
                        + " is gone: what its new type is given does not read it",
                "Make the new value of the old one, or drop the column as such");
    }

    private static void tellGone(ItemId column, boolean again, Found found) {
        found.tell(
                "every value of "
                        + column.fullName()
                        + " is gone, and clients that know it "
                        + (again ? "find another column there" : "break"),
                "Stop using it first, and drop it some revisions later");
    }
}
