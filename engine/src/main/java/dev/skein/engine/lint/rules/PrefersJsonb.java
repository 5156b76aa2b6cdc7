// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Columns of type json. */
final class PrefersJsonb extends Base {
    PrefersJsonb() {
        super("SK701", "json-type", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var column : effect.made(Kind.COLUMN)) {
            if (column.text("type").equals("json")) {
                found.tell(
                        column.id().fullName() + " is json: it has no equality and no index",
                        "jsonb");
            }
        }
    }
}
