// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A default that clients may rely on. */
final class DropDefault extends Base {
    DropDefault() {
        super("SK508", "drop-default", Level.ADVICE);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var change : effect.changed(Kind.COLUMN, "default")) {
            var after = change.after();
            var used = effect.isInUse(change.id().relation());
            if (used && after != null && !after.has("default") && !after.has("identity")) {
                found.tellOf(
                        change.id(),
                        "who leaves "
                                + change.id().fullName()
                                + (after.has("not null")
                                        ? " out fails from then on"
                                        : " out gets NULL from then on"),
                        "See that every client names it");
            }
        }
    }
}
