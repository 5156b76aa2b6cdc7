// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;

/** A new value of an enum without a place. */
public final class EnumValueOrder extends RuleBase {
    public EnumValueOrder() {
        super("SK505", "enum-value-order", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (effect.statement().starts("ALTER TYPE")
                && StatementWords.in(effect, "ADD", "VALUE")
                && !StatementWords.in(effect, "BEFORE")
                && !StatementWords.in(effect, "AFTER")) {
            found.tell(
                    "it comes last in the order, which ORDER BY follows",
                    "Say BEFORE or AFTER which value, even where that is the last one");
        }
    }
}
