// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A check that is validated under the lock that adds it. */
final class CheckScans extends Base {
    CheckScans() {
        super("SK111", "constraint-validated", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var check : Keys.added(effect, "CHECK")) {
            if (effect.scanned().contains(check.relation())) {
                found.tell(
                        "every row of " + check.relation() + " is checked while nobody can use it",
                        "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a revision of its"
                                + " own");
            }
        }
    }
}
