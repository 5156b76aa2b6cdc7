// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A new enum. */
final class FixedValues extends RuleBase {
    FixedValues() {
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
