// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RowValidations;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A foreign key that some tenant may break already. */
public final class ForeignKeyOnRows extends RuleBase {
    public ForeignKeyOnRows() {
        super("SK404", "foreign-key-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RowValidations.tell(effect, "FOREIGN KEY", "rows that refer to nothing", found);
    }
}
