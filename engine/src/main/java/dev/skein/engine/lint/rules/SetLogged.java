// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** SET LOGGED and SET UNLOGGED. */
final class SetLogged extends RuleBase {
    SetLogged() {
        super("SK119", "set-logged", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TableRewrites.tell(effect, TableRewrites.Cause.LOGGED, found);
    }
}
