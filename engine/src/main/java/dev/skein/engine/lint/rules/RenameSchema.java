// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A schema with another name. */
final class RenameSchema extends Base {
    RenameSchema() {
        super("SK503", "rename-schema", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var gone =
                effect.differences().stream()
                        .anyMatch(d -> d.id().kind() == Kind.SCHEMA && d.after() == null);
        if (gone && effect.statement().starts("ALTER SCHEMA")) {
            found.tell(
                    "whoever uses its old name fails at once",
                    "A new schema with views of the old names, until nobody uses them");
        }
    }
}
