// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A column whose type clients see change. */
public final class ChangeType extends RuleBase {
    public ChangeType() {
        super("SK506", "change-type", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (effect.statement().starts("ALTER TYPE") || effect.statement().starts("ALTER SCHEMA")) {
            return;
        }
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.TYPE)) {
            var before = change.before();
            var after = change.after();
            if (before != null && after != null && effect.isInUse(change.id().relation())) {
                found.tell(
                        "%s is %s and was %s: plans are made anew, clients may not expect it"
                                .formatted(
                                        change.id().fullName(),
                                        after.text(Attribute.TYPE),
                                        before.text(Attribute.TYPE)),
                        "See that every client can read both");
            }
        }
    }
}
