// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.transactions;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.TimeoutSettings;

/** A script that waits for locks without end. */
public final class NoLockTimeout extends RuleBase {
    public NoLockTimeout() {
        super("SK201", "no-lock-timeout", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (TimeoutSettings.isSwitchedOff(effect.statement(), "lock_timeout")) {
            found.tell(
                    "whoever comes after it waits in the same queue for as long as it does",
                    "Leave it to --lock-timeout, with which a run waits, yields and tries again");
        }
    }
}
