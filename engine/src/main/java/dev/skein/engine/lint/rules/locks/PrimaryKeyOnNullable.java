// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A primary key whose columns become NOT NULL by the way. */
public final class PrimaryKeyOnNullable extends RuleBase {
    public PrimaryKeyOnNullable() {
        super("SK108", "primary-key-on-nullable", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var key : AddedKeys.added(effect, "PRIMARY KEY")) {
            var columns =
                    effect.changed(ObjectKind.COLUMN, Attribute.NOT_NULL).stream()
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
