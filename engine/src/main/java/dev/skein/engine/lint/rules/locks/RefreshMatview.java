// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** REFRESH MATERIALIZED VIEW in its plain form. */
public final class RefreshMatview extends RuleBase {
    public RefreshMatview() {
        super("SK129", "refresh-matview", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        if (effect.statement().starts("REFRESH MATERIALIZED VIEW")
                && !effect.statement().words().contains("CONCURRENTLY")
                && !effect.tables().locked(StatementEffect.EXCLUSIVE).isEmpty()) {
            found.tell(
                    "readers of "
                            + String.join(", ", effect.tables().locked(StatementEffect.EXCLUSIVE))
                            + " wait until it is full again",
                    "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index");
        }
    }
}
