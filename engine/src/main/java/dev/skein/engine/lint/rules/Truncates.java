// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** TRUNCATE of a table in use. */
final class Truncates extends RuleBase {
    Truncates() {
        super("SK130", "truncate", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        if (RowChanges.truncates(effect) && !effect.rewritten().isEmpty()) {
            found.tell(
                    "every row of "
                            + String.join(", ", effect.rewritten())
                            + " is gone, and nobody can use it meanwhile",
                    "Delete in batches, if that is meant: --@ batch");
        }
    }
}
