// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A new table whose foreign key locks an old one. */
public final class NewTableLocksOld extends RuleBase {
    public NewTableLocksOld() {
        super("SK128", "new-table-locks-old", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var constraint : effect.made(ObjectKind.CONSTRAINT)) {
            var key = constraint.text(Attribute.DEFINITION).startsWith("FOREIGN KEY");
            if (key && !effect.isInUse(constraint.id().relation())) {
                effect.tables()
                        .locked("ShareRowExclusiveLock")
                        .forEach(table ->
                                found.tell(
                                        "the new "
                                                + constraint.id().relation()
                                                + " keeps everybody from writing to "
                                                + table
                                                + " until the revision ends",
                                        "Add the foreign key in a short revision of its" + " own"));
            }
        }
    }
}
