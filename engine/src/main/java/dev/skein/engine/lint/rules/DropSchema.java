// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A schema that goes. */
final class DropSchema extends Base {
    DropSchema() {
        super("SK303", "drop-schema", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var schema : effect.gone(Kind.SCHEMA)) {
            found.tell(
                    "schema " + schema.id().name() + " is gone with all that was in it",
                    "Drop what is in it by name, and see what that is");
        }
    }
}
