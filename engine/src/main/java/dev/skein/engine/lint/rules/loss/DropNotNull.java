// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A column that may be null from now on. */
public final class DropNotNull extends RuleBase {
    public DropNotNull() {
        super("SK306", "drop-not-null", LintLevel.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.NOT_NULL)) {
            var after = change.after();
            var used = effect.isInUse(change.id().relation());
            if (used && after != null && !after.has(Attribute.NOT_NULL)) {
                found.tellOf(
                        change.id(),
                        "readers of " + change.id().fullName() + " may not expect NULL",
                        "Keep it, with a default");
            }
        }
    }
}
