// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Columns of type varchar(n). */
final class BoundedText extends Base {
    BoundedText() {
        super("SK703", "bounded-text", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var column : effect.made(Kind.COLUMN)) {
            if (column.text("type").startsWith("character varying(")) {
                found.tell(
                        column.id().fullName() + " has a length that is hard to change later",
                        "text, with a CHECK of its length if that matters");
            }
        }
    }
}
