// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A foreign key that some tenant may break already. */
final class OrphansOnRows extends Base {
    OrphansOnRows() {
        super("SK404", "foreign-key-on-rows", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Validations.tell(effect, "FOREIGN KEY", "rows that refer to nothing", found);
    }
}
