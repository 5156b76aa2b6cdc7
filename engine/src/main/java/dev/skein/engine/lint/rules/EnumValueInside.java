// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.Locale;

/** A value of an enum that the rest of its transaction cannot use. */
final class EnumValueInside extends Base {
    EnumValueInside() {
        super("SK207", "enum-value-in-transaction", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var last = effect.script().upgrade().statements().getLast().equals(effect.statement());
        var adds =
                effect.statement().words().startsWith("ALTER TYPE")
                        && !effect.changed(Kind.ENUM_TYPE, "labels").isEmpty()
                        && effect.statement().sql().toUpperCase(Locale.ROOT).contains(" VALUE ")
                        && !effect.statement().sql().toUpperCase(Locale.ROOT).contains("RENAME");
        if (adds && !last && effect.script().transactional()) {
            found.tell(
                    "the new value cannot be used before the transaction is over",
                    "ALTER TYPE … ADD VALUE in a revision of its own");
        }
    }
}
