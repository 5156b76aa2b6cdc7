// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Columns of type timestamp. */
public final class TimestampWithoutZone extends RuleBase {
    public TimestampWithoutZone() {
        super("SK704", "timestamp-without-zone", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var column : effect.made(ObjectKind.COLUMN)) {
            if (column.text(Attribute.TYPE).matches("timestamp(\\(\\d\\))? without time zone")) {
                found.tell(
                        column.id().fullName() + " says a time without saying where",
                        "timestamp with time zone");
            }
        }
    }
}
