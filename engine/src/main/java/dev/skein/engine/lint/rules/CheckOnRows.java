// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A check that some tenant may break already. */
final class CheckOnRows extends RuleBase {
    CheckOnRows() {
        super("SK405", "check-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RowValidations.tell(effect, "CHECK", "rows that do not pass", found);
    }
}
