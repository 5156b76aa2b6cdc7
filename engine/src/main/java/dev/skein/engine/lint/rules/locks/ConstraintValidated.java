// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A check that is validated under the lock that adds it. */
public final class ConstraintValidated extends RuleBase {
    public ConstraintValidated() {
        super("SK111", "constraint-validated", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var check : AddedKeys.added(effect, "CHECK")) {
            if (effect.tables().scanned().contains(check.relation())) {
                found.tell(
                        "every row of " + check.relation() + " is checked while nobody can use it",
                        "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a revision of its"
                                + " own");
            }
        }
    }
}
