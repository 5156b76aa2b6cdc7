// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** VACUUM FULL and CLUSTER. */
final class FullVacuum extends Base {
    FullVacuum() {
        super("SK121", "vacuum-full", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.VACUUM, found);
    }
}
