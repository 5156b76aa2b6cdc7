// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A new enum. */
public final class EnumType extends RuleBase {
    public EnumType() {
        super("SK707", "enum-type", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var type : effect.made(ObjectKind.ENUM_TYPE)) {
            found.tell(
                    "no value of " + type.id().name() + " can ever be removed",
                    "A table of values with a foreign key, or text with a CHECK");
        }
    }
}
