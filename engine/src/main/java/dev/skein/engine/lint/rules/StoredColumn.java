// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new column that is computed and stored. */
final class StoredColumn extends Base {
    StoredColumn() {
        super("SK116", "generated-stored", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.STORED, found);
    }
}
