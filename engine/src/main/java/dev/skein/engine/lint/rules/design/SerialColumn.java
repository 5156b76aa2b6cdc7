// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Columns of type serial. */
public final class SerialColumn extends RuleBase {
    public SerialColumn() {
        super("SK706", "serial-column", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var column : effect.made(ObjectKind.COLUMN)) {
            if (column.text(Attribute.DEFAULT).startsWith("nextval(")) {
                found.tell(
                        column.id().fullName()
                                + " is serial: its sequence has rights and an owner of its own",
                        "GENERATED ALWAYS AS IDENTITY");
            }
        }
    }
}
