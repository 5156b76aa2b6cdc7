// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** VALIDATE in the transaction that holds the strong lock. */
final class ValidateTooSoon extends Base {
    ValidateTooSoon() {
        super("SK114", "validate-in-same-tx", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var change : effect.changed(Kind.CONSTRAINT, "definition")) {
            var table = change.id().relation();
            var before = change.before();
            var validated = before != null && before.text("definition").endsWith(" NOT VALID");
            if (!validated) {
                continue; // its words changed, since a column has another name now
            }
            if (effect.heldBefore(Effect.EXCLUSIVE).contains(table)
                    || effect.heldBefore("ShareRowExclusiveLock").contains(table)) {
                found.tell(
                        change.id().name()
                                + " is validated while the lock that added it is held on "
                                + table,
                        "VALIDATE CONSTRAINT in a revision of its own");
            }
        }
    }
}
