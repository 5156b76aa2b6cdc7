// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A partition whose rows are all read while it is attached. */
final class AttachScans extends Base {
    AttachScans() {
        super("SK124", "attach-without-check", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var change : effect.changed(Kind.TABLE, "partition bound")) {
            var after = change.after();
            var table = change.id().name();
            if (after != null && after.has("partition bound") && effect.scanned().contains(table)) {
                found.tell(
                        "every row of " + table + " is read while nobody can use it",
                        "Before: ADD CHECK (its bounds) NOT VALID, then VALIDATE CONSTRAINT in a"
                                + " revision of its own");
            }
        }
    }
}
