// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A new value of an enum without a place. */
final class ValueAtTheEnd extends Base {
    ValueAtTheEnd() {
        super("SK505", "enum-value-order", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        if (effect.statement().starts("ALTER TYPE")
                && Said.in(effect, "ADD", "VALUE")
                && !Said.in(effect, "BEFORE")
                && !Said.in(effect, "AFTER")) {
            found.tell(
                    "it comes last in the order, which ORDER BY follows",
                    "Say BEFORE or AFTER which value, even where that is the last one");
        }
    }
}
