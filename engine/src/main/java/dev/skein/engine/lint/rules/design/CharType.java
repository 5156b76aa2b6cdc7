// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Columns of type char(n). */
public final class CharType extends RuleBase {
    public CharType() {
        super("SK702", "char-type", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var column : effect.made(ObjectKind.COLUMN)) {
            if (column.text(Attribute.TYPE).startsWith("character(")) {
                found.tell(
                        column.id().fullName() + " is padded with blanks",
                        "text, with a CHECK of its length if that matters");
            }
        }
    }
}
