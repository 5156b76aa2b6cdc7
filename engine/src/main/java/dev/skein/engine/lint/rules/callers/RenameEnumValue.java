// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A value of an enum with another name. */
public final class RenameEnumValue extends RuleBase {
    public RenameEnumValue() {
        super("SK504", "rename-enum-value", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var change : effect.changed(ObjectKind.ENUM_TYPE, Attribute.LABELS)) {
            var before = change.before();
            var after = change.after();
            if (before != null
                    && after != null
                    && before.text(Attribute.LABELS).split(", ").length
                            == after.text(Attribute.LABELS).split(", ").length) {
                found.tell(
                        "programs that know the old value of "
                                + change.id().name()
                                + " fail at once",
                        "Add the new value, write it, change the rows in batches, and leave the old"
                                + " one");
            }
        }
    }
}
