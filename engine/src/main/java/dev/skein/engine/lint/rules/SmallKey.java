// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Keys that will run out of numbers. */
final class SmallKey extends Base {
    SmallKey() {
        super("SK705", "small-key", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var key : effect.made(Kind.CONSTRAINT)) {
            if (!key.text("definition").startsWith("PRIMARY KEY (")) {
                continue;
            }
            for (var column : effect.made(Kind.COLUMN)) {
                var whole =
                        key.text("definition").equals("PRIMARY KEY (" + column.id().name() + ")");
                var small =
                        column.text("type").equals("integer")
                                || column.text("type").equals("smallint");
                var counts =
                        column.has("identity") || column.text("default").startsWith("nextval(");
                if (whole
                        && small
                        && counts
                        && column.id().relation().equals(key.id().relation())) {
                    found.tell(column.id().fullName() + " runs out of numbers one day", "bigint");
                }
            }
        }
    }
}
