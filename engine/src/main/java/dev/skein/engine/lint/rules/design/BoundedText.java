// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Columns of type varchar(n). */
public final class BoundedText extends RuleBase {
    public BoundedText() {
        super("SK703", "bounded-text", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var column : effect.made(ObjectKind.COLUMN)) {
            if (column.text(Attribute.TYPE).startsWith("character varying(")) {
                found.tell(
                        column.id().fullName() + " has a length that is hard to change later",
                        "text, with a CHECK of its length if that matters");
            }
        }
    }
}
