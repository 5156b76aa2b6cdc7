// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** NOT NULL that some tenant may not have. */
final class NotNullOnRows extends Base {
    NotNullOnRows() {
        super("SK403", "not-null-on-rows", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        if (!effect.script().precheck().isEmpty()) {
            return;
        }
        for (var change : effect.changed(Kind.COLUMN, "not null")) {
            var after = change.after();
            var before = change.before();
            if (before != null
                    && after != null
                    && after.has("not null")
                    && effect.scanned().contains(change.id().relation())) {
                found.tell(
                        "it fails where " + change.id().fullName() + " is null in some row",
                        "--@ precheck: SELECT count(*) = 0 … WHERE "
                                + change.id().name()
                                + " IS NULL");
            }
        }
    }
}
