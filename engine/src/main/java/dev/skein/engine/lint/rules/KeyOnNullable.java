// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A primary key whose columns become NOT NULL by the way. */
final class KeyOnNullable extends Base {
    KeyOnNullable() {
        super("SK108", "primary-key-on-nullable", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var key : Keys.added(effect, "PRIMARY KEY")) {
            var columns =
                    effect.changed(Kind.COLUMN, "not null").stream()
                            .map(CatalogDifference::id)
                            .filter(id -> id.relation().equals(key.relation()))
                            .toList();
            if (!columns.isEmpty() && effect.statement().words().startsWith("ALTER TABLE")) {
                found.tell(
                        "every row of "
                                + key.relation()
                                + " is read under a lock, since "
                                + columns.getFirst().name()
                                + " was nullable",
                        "Make it NOT NULL first, by way of a validated CHECK");
            }
        }
    }
}
