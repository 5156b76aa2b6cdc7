// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A column whose type clients see change. */
final class ChangeType extends Base {
    ChangeType() {
        super("SK506", "change-type", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var change : effect.changed(Kind.COLUMN, "type")) {
            var before = change.before();
            var after = change.after();
            var used = effect.isInUse(change.id().relation());
            if (used
                    && before != null
                    && after != null
                    && !effect.statement().starts("ALTER TYPE")
                    && !effect.statement().starts("ALTER SCHEMA")) {
                found.tell(
                        change.id().fullName()
                                + " is "
                                + after.text("type")
                                + " and was "
                                + before.text("type")
                                + ": plans are made anew, clients may not"
                                + " expect it",
                        "See that every client can read both");
            }
        }
    }
}
