// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A script whose statements may run without end. */
final class NoStatementTimeout extends Base {
    NoStatementTimeout() {
        super("SK202", "no-statement-timeout", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        if (Timeouts.isSwitchedOff(effect.statement(), "statement_timeout")) {
            found.tell(
                    "nothing ends a statement that runs away",
                    "Set a bound that fits; long changes of rows go in batches: --@ batch");
        }
    }
}
