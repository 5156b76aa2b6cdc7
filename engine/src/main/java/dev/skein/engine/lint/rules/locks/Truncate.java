// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.TableEmptying;

/** TRUNCATE of a table in use. */
public final class Truncate extends RuleBase {
    public Truncate() {
        super("SK130", "truncate", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        if (TableEmptying.isIn(effect) && !effect.tables().rewritten().isEmpty()) {
            found.tell(
                    "every row of "
                            + String.join(", ", effect.tables().rewritten())
                            + " is gone, and nobody can use it meanwhile",
                    "Delete in batches, if that is meant: --@ batch");
        }
    }
}
