// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A partition whose rows are all read while it is attached. */
public final class AttachWithoutCheck extends RuleBase {
    public AttachWithoutCheck() {
        super("SK124", "attach-without-check", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var change : effect.changed(ObjectKind.TABLE, Attribute.PARTITION_BOUND)) {
            var after = change.after();
            var table = change.id().name();
            if (after != null
                    && after.has(Attribute.PARTITION_BOUND)
                    && effect.tables().scanned().contains(table)) {
                found.tell(
                        "every row of " + table + " is read while nobody can use it",
                        "Before: ADD CHECK (its bounds) NOT VALID, then VALIDATE CONSTRAINT in a"
                                + " revision of its own");
            }
        }
    }
}
