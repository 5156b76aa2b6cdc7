// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** SET LOGGED and SET UNLOGGED. */
final class SetLogged extends Base {
    SetLogged() {
        super("SK119", "set-logged", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.LOGGED, found);
    }
}
