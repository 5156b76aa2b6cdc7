// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A default that clients may rely on. */
public final class DropDefault extends RuleBase {
    public DropDefault() {
        super("SK508", "drop-default", LintLevel.ADVICE);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.DEFAULT)) {
            var after = change.after();
            var used = effect.isInUse(change.id().relation());
            if (used
                    && after != null
                    && !after.has(Attribute.DEFAULT)
                    && !after.has(Attribute.IDENTITY)) {
                found.tellOf(
                        change.id(),
                        "who leaves "
                                + change.id().fullName()
                                + (after.has(Attribute.NOT_NULL)
                                        ? " out fails from then on"
                                        : " out gets NULL from then on"),
                        "See that every client names it");
            }
        }
    }
}
