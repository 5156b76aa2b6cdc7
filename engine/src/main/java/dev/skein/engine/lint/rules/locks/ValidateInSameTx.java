// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** VALIDATE in the transaction that holds the strong lock. */
public final class ValidateInSameTx extends RuleBase {
    public ValidateInSameTx() {
        super("SK114", "validate-in-same-tx", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var change : effect.changed(ObjectKind.CONSTRAINT, Attribute.DEFINITION)) {
            var table = change.id().relation();
            var before = change.before();
            var validated =
                    before != null && before.text(Attribute.DEFINITION).endsWith(" NOT VALID");
            if (!validated) {
                continue; // its words changed, since a column has another name now
            }
            if (effect.tables().heldBefore(StatementEffect.EXCLUSIVE).contains(table)
                    || effect.tables().heldBefore("ShareRowExclusiveLock").contains(table)) {
                found.tell(
                        change.id().name()
                                + " is validated while the lock that added it is held on "
                                + table,
                        "VALIDATE CONSTRAINT in a revision of its own");
            }
        }
    }
}
