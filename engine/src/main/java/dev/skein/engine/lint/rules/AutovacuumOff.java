// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Autovacuum switched off. */
final class AutovacuumOff extends Base {
    AutovacuumOff() {
        super("SK133", "autovacuum-off", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var difference : effect.differences()) {
            var after = difference.after();
            if (difference.id().kind() == Kind.TABLE
                    && after != null
                    && after.text("options").contains("autovacuum_enabled=false")) {
                found.tell(
                        difference.id().name() + " bloats, and its transaction ids run out",
                        "Leave it on; make it gentler if it hurts");
            }
        }
    }
}
