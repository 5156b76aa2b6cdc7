// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A type, extension or sequence that goes. */
final class DropType extends Base {
    DropType() {
        super("SK309", "drop-type", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var kind :
                java.util.List.of(
                        Kind.EXTENSION, Kind.ENUM_TYPE, Kind.DOMAIN, Kind.COMPOSITE_TYPE)) {
            for (var item : effect.gone(kind)) {
                found.tell(
                        item.id() + " is gone: who uses it in a tenant's own objects fails",
                        "See first who uses it, in every tenant");
            }
        }
    }
}
