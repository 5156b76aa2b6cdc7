// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A column that may be null from now on. */
final class DropNotNull extends Base {
    DropNotNull() {
        super("SK306", "drop-not-null", Level.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var change : effect.changed(Kind.COLUMN, "not null")) {
            var after = change.after();
            var used = effect.isInUse(change.id().relation());
            if (used && after != null && !after.has("not null")) {
                found.tellOf(
                        change.id(),
                        "readers of " + change.id().fullName() + " may not expect NULL",
                        "Keep it, with a default");
            }
        }
    }
}
