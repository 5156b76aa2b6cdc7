// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Strong locks on several tables in one transaction. */
final class SeveralLocks extends Base {
    SeveralLocks() {
        super("SK127", "several-tables-locked", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        var held = effect.heldBefore(Effect.EXCLUSIVE);
        var more = effect.locked(Effect.EXCLUSIVE).stream().filter(t -> !held.contains(t)).toList();
        if (!held.isEmpty() && !more.isEmpty()) {
            found.tell(
                    "it locks "
                            + String.join(", ", more)
                            + " while "
                            + String.join(", ", held)
                            + " is locked: two such transactions can wait for each other",
                    "One table per revision");
        }
    }
}
