// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Columns of type char(n). */
final class PadsText extends Base {
    PadsText() {
        super("SK702", "char-type", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var column : effect.made(Kind.COLUMN)) {
            if (column.text("type").startsWith("character(")) {
                found.tell(
                        column.id().fullName() + " is padded with blanks",
                        "text, with a CHECK of its length if that matters");
            }
        }
    }
}
