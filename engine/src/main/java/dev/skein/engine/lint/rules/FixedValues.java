// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new enum. */
final class FixedValues extends Base {
    FixedValues() {
        super("SK707", "enum-type", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var type : effect.made(Kind.ENUM_TYPE)) {
            found.tell(
                    "no value of " + type.id().name() + " can ever be removed",
                    "A table of values with a foreign key, or text with a CHECK");
        }
    }
}
