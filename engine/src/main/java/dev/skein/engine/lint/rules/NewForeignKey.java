// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new table whose foreign key locks an old one. */
final class NewForeignKey extends Base {
    NewForeignKey() {
        super("SK128", "new-table-locks-old", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var constraint : effect.made(Kind.CONSTRAINT)) {
            var key = constraint.text("definition").startsWith("FOREIGN KEY");
            if (key && !effect.isInUse(constraint.id().relation())) {
                effect.locked("ShareRowExclusiveLock")
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
