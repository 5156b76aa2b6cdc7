// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Columns of type serial. */
final class SerialColumn extends Base {
    SerialColumn() {
        super("SK706", "serial-column", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var column : effect.made(Kind.COLUMN)) {
            if (column.text("default").startsWith("nextval(")) {
                found.tell(
                        column.id().fullName()
                                + " is serial: its sequence has rights and an owner of its own",
                        "GENERATED ALWAYS AS IDENTITY");
            }
        }
    }
}
