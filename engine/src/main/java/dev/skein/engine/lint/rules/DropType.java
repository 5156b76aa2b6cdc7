// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.List;

/** A type, extension or sequence that goes. */
final class DropType extends Base {
    private static final List<Kind> KINDS =
            List.of(
                    Kind.EXTENSION,
                    Kind.ENUM_TYPE,
                    Kind.DOMAIN,
                    Kind.RANGE_TYPE,
                    Kind.COMPOSITE_TYPE);

    DropType() {
        super("SK309", "drop-type", Level.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var kind : KINDS) {
            for (var item : effect.gone(kind)) {
                var now = effect.successor(item);
                if (now == null) {
                    found.tellOf(
                            item.id(),
                            item.id() + " is gone: who uses it in a tenant's own objects fails",
                            "See first who uses it, in every tenant");
                } else if (!now.equals(item)) {
                    found.tellOf(
                            item.id(),
                            item.id()
                                    + " is another one: it was "
                                    + item.inWords()
                                    + ", and is "
                                    + now.inWords(),
                            "See that every client can read both");
                }
            }
        }
    }
}
