// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new serial or identity column, which numbers every row. */
final class CountedColumn extends Base {
    CountedColumn() {
        super("SK117", "counted-column", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.COUNTED, found);
    }
}
