// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** SET NOT NULL that has to look at every row. */
public final class SetNotNull extends RuleBase {
    public SetNotNull() {
        super("SK112", "set-not-null", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.NOT_NULL)) {
            var after = change.after();
            var table = change.id().relation();
            var scans = effect.isInUse(table) && effect.tables().scanned().contains(table);
            if (scans && after != null && after.has(Attribute.NOT_NULL)) {
                found.tell(
                        "every row of "
                                + table
                                + " is looked at for "
                                + change.id().name()
                                + " while nobody can use it",
                        "ADD CONSTRAINT … CHECK ("
                                + change.id().name()
                                + " IS NOT NULL) NOT VALID;"
                                + " VALIDATE it in the next revision, then SET NOT NULL");
            }
        }
    }
}
