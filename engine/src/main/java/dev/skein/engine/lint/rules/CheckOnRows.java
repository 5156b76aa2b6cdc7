// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A check that some tenant may break already. */
final class CheckOnRows extends Base {
    CheckOnRows() {
        super("SK405", "check-on-rows", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Validations.tell(effect, "CHECK", "rows that do not pass", found);
    }
}
