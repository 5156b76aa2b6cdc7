// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A type that does not hold what its column may hold. */
final class NarrowsType extends Base {
    NarrowsType() {
        super("SK307", "narrower-type", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var change : effect.changed(Kind.COLUMN, "type")) {
            var before = change.before();
            var after = change.after();
            if (before != null
                    && after != null
                    && effect.isInUse(change.id().relation())
                    && Types.isNarrower(before.text("type"), after.text("type"))) {
                found.tell(
                        change.id().fullName()
                                + ": "
                                + after.text("type")
                                + " does not hold every "
                                + before.text("type"),
                        "--@ precheck that no value is too long or too large");
            }
        }
    }
}
