// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.List;

/** A name that has to be quoted for ever. */
final class NeedsQuotes extends Base {
    NeedsQuotes() {
        super("SK715", "name-needs-quotes", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var kind : List.of(Kind.TABLE, Kind.COLUMN, Kind.VIEW, Kind.SCHEMA, Kind.SEQUENCE)) {
            for (var item : effect.made(kind)) {
                if (item.id().name().endsWith("\"")) {
                    found.tell(
                            item.id() + " has to be written with quotes, everywhere",
                            "A name of small letters, digits and underscores that is no reserved"
                                    + " word");
                }
            }
        }
    }
}
