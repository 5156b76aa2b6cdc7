// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RewriteCauses;
import dev.skein.engine.lint.rules.support.RuleBase;

/** SET LOGGED and SET UNLOGGED. */
public final class SetLogged extends RuleBase {
    public SetLogged() {
        super("SK119", "set-logged", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RewriteCauses.tell(effect, RewriteCauses.Cause.LOGGED, found);
    }
}
