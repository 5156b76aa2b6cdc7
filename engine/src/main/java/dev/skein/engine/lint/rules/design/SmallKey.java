// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Keys that will run out of numbers. */
public final class SmallKey extends RuleBase {
    public SmallKey() {
        super("SK705", "small-key", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var key : effect.made(ObjectKind.CONSTRAINT)) {
            if (!key.text(Attribute.DEFINITION).startsWith("PRIMARY KEY (")) {
                continue;
            }
            for (var column : effect.made(ObjectKind.COLUMN)) {
                var whole =
                        key.text(Attribute.DEFINITION)
                                .equals("PRIMARY KEY (" + column.id().name() + ")");
                var small =
                        column.text(Attribute.TYPE).equals("integer")
                                || column.text(Attribute.TYPE).equals("smallint");
                var counts =
                        column.has(Attribute.IDENTITY)
                                || column.text(Attribute.DEFAULT).startsWith("nextval(");
                if (whole
                        && small
                        && counts
                        && column.id().relation().equals(key.id().relation())) {
                    found.tell(column.id().fullName() + " runs out of numbers one day", "bigint");
                }
            }
        }
    }
}
