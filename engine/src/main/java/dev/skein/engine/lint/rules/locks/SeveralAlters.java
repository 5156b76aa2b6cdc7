// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;

/** Several ALTER TABLE on one table. */
public final class SeveralAlters extends RuleBase {
    public SeveralAlters() {
        super("SK126", "several-alters", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (isApart(effect) || !effect.statement().starts("ALTER TABLE")) {
            return;
        }
        for (var table : effect.tables().heldBefore(StatementEffect.EXCLUSIVE)) {
            if (effect.differences().stream().anyMatch(d -> d.id().relation().equals(table))) {
                found.tell(
                        table + " was altered before in the same revision",
                        "One ALTER TABLE with several parts, parted by commas");
            }
        }
    }

    /**
     * What cannot be joined; and a check that has vouched goes afterwards, or it does not vouch.
     */
    private static boolean isApart(StatementEffect effect) {
        return StatementWords.in(effect, "DROP", "CONSTRAINT")
                || StatementWords.in(effect, "RENAME")
                || StatementWords.in(effect, "SET", "SCHEMA")
                || StatementWords.in(effect, "ATTACH", "PARTITION")
                || StatementWords.in(effect, "DETACH", "PARTITION");
    }
}
