// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RowValidations;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A check that some tenant may break already. */
public final class CheckOnRows extends RuleBase {
    public CheckOnRows() {
        super("SK405", "check-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RowValidations.tell(effect, "CHECK", "rows that do not pass", found);
    }
}
