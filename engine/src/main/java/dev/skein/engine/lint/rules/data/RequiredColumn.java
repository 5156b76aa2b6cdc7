// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A new column that old rows cannot fill. */
public final class RequiredColumn extends RuleBase {
    public RequiredColumn() {
        super("SK402", "required-column", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var column : effect.made(ObjectKind.COLUMN)) {
            var given =
                    column.has(Attribute.DEFAULT)
                            || column.has(Attribute.GENERATED)
                            || column.has(Attribute.IDENTITY);
            var table = column.id().relation();
            var foreign =
                    effect.isThere(new ItemId(ObjectKind.FOREIGN_TABLE, "", table)); // not checked
            if (effect.isInUse(table) && column.has(Attribute.NOT_NULL) && !given && !foreign) {
                found.tell(
                        "it fails on every tenant that has rows in " + table,
                        "Give "
                                + column.id().name()
                                + " a default, or add it nullable and fill it");
            }
        }
    }
}
