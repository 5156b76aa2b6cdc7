// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** REINDEX in its plain form. */
public final class Reindex extends RuleBase {
    public Reindex() {
        super("SK105", "reindex", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        if (effect.statement().starts("REINDEX")
                && !effect.statement().words().contains("CONCURRENTLY")
                && !effect.tables().holds("ShareLock").isEmpty()) {
            found.tell(
                    "REINDEX keeps everybody from writing, and most from reading",
                    "REINDEX … CONCURRENTLY, in a revision with --@ transaction: none");
        }
    }
}
