// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.Locale;

/** A new value of an enum without a place. */
final class ValueAtTheEnd extends Base {
    ValueAtTheEnd() {
        super("SK505", "enum-value-order", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var words = effect.statement().sql().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (words.contains(" ADD VALUE ")
                && !words.contains(" BEFORE ")
                && !words.contains(" AFTER ")
                && effect.statement().starts("ALTER TYPE")) {
            found.tell(
                    "it comes last in the order, which ORDER BY follows",
                    "Say BEFORE or AFTER which value, even where that is the last one");
        }
    }
}
