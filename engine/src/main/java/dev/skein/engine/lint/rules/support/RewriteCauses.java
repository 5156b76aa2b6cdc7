// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintRule.Found;
import dev.skein.engine.lint.StatementEffect;
import org.jspecify.annotations.Nullable;

/** Tables in use that are written anew, by what does it. */
public final class RewriteCauses {
    /** Why, with what to do instead. */
    public enum Cause {
        DEFAULT("Add it without the default, SET DEFAULT afterwards, and fill it in batches"),
        STORED("A plain column that a trigger fills, or a virtual one where the server has them"),
        COUNTED("Add it nullable, with a sequence for new rows, and fill the old ones in batches"),
        TYPE("Add a column of the new type, write to both, fill it in batches, and change over"),
        LOGGED("Make a new table of that kind and move the rows in batches"),
        VACUUM("A tool that does it while the table is used, such as pg_repack"),
        TRUNCATE(""),
        OTHER("Make a new table and move the rows in batches");

        private final String instead;

        Cause(String instead) {
            this.instead = instead;
        }
    }

    private RewriteCauses() {}

    /** Tells of every table that is written anew for one cause. */
    public static void tell(StatementEffect effect, Cause cause, Found found) {
        for (var table : effect.tables().rewritten()) {
            if (cause(effect, table) == cause) {
                found.tell(
                        table + " and its indexes are written anew while nobody can use it",
                        cause.instead);
            }
        }
    }

    private static Cause cause(StatementEffect effect, String table) {
        if (TableEmptying.isIn(effect)) {
            return Cause.TRUNCATE; // a rule of its own tells what that means
        }
        if (effect.statement().starts("VACUUM") || effect.statement().starts("CLUSTER")) {
            return Cause.VACUUM;
        }
        var retyped =
                effect.changed(ObjectKind.COLUMN, Attribute.TYPE).stream()
                        .anyMatch(change -> change.id().relation().equals(table));
        for (var column : effect.made(ObjectKind.COLUMN)) {
            var filled = filled(column);
            if (column.id().relation().equals(table)
                    && filled != null
                    && !(retyped && isFixed(column))) {
                return filled;
            }
        }
        var logged =
                effect.changed(ObjectKind.TABLE, Attribute.PERSISTENCE).stream()
                        .anyMatch(change -> change.id().name().equals(table));
        if (logged) {
            return Cause.LOGGED;
        }
        return retyped ? Cause.TYPE : Cause.OTHER;
    }

    /** What a new column's values come from; null where it has none. */
    private static @Nullable Cause filled(CatalogItem column) {
        if (column.has(Attribute.GENERATED)) {
            return Cause.STORED;
        }
        if (column.has(Attribute.IDENTITY)
                || column.text(Attribute.DEFAULT).startsWith("nextval(")) {
            return Cause.COUNTED;
        }
        return column.has(Attribute.DEFAULT) ? Cause.DEFAULT : null;
    }

    /** Whether its default is one value, which the server keeps beside the rows. */
    private static boolean isFixed(CatalogItem column) {
        return column.has(Attribute.DEFAULT)
                && !column.text(Attribute.DEFAULT).replace("now()", "").contains("(");
    }
}
