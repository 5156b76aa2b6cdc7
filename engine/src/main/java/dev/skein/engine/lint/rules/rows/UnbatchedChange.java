// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RowChanges;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Rows of a table in use that are changed in one transaction. */
public final class UnbatchedChange extends RuleBase {
    public UnbatchedChange() {
        super("SK603", "unbatched-change", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var some = RowChanges.of(effect).stream().filter(RowChanges.Change::bounded).toList();
        if (!some.isEmpty()) { // a rule of its own tells of every row
            found.tell(
                    "rows of "
                            + RowChanges.tables(some)
                            + " are changed in one transaction, and locked until its end",
                    "--@ batch: table by key, if that may be many rows");
        }
    }
}
