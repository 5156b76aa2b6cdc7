// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;

/** A foreign key that some tenant may break already. */
final class OrphansOnRows extends RuleBase {
    OrphansOnRows() {
        super("SK404", "foreign-key-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        RowValidations.tell(effect, "FOREIGN KEY", "rows that refer to nothing", found);
    }
}
