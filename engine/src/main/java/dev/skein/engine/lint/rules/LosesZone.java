// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Columns of type timestamp. */
final class LosesZone extends Base {
    LosesZone() {
        super("SK704", "timestamp-without-zone", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var column : effect.made(Kind.COLUMN)) {
            if (column.text("type").matches("timestamp(\\(\\d\\))? without time zone")) {
                found.tell(
                        column.id().fullName() + " says a time without saying where",
                        "timestamp with time zone");
            }
        }
    }
}
