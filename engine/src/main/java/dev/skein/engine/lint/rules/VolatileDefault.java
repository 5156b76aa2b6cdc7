// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new column whose default is another one for every row. */
final class VolatileDefault extends Base {
    VolatileDefault() {
        super("SK115", "volatile-default", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.DEFAULT, found);
    }
}
