// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.transactions;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.TimeoutSettings;

/** A script whose statements may run without end. */
public final class NoStatementTimeout extends RuleBase {
    public NoStatementTimeout() {
        super("SK202", "no-statement-timeout", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (TimeoutSettings.isSwitchedOff(effect.statement(), "statement_timeout")) {
            found.tell(
                    "nothing ends a statement that runs away",
                    "Set a bound that fits; long changes of rows go in batches: --@ batch");
        }
    }
}
