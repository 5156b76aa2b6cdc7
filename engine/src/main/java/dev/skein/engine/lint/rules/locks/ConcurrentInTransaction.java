// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** What a transaction refuses, in a revision that is one. */
public final class ConcurrentInTransaction extends RuleBase {
    public ConcurrentInTransaction() {
        super("SK103", "concurrent-in-transaction", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (effect.isRefusedInside()) {
            found.tell(
                    effect.statement().words() + " cannot run inside a transaction",
                    "Put it into a revision of its own, with --@ transaction: none");
        }
    }
}
