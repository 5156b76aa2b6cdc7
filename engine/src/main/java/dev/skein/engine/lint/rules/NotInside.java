// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** What a transaction refuses, in a revision that is one. */
final class NotInside extends RuleBase {
    NotInside() {
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
