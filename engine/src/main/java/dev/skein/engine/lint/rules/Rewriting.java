// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;

/** What to do instead of writing a table anew, by what did it. */
final class Rewriting {
    private Rewriting() {}

    static String remedy(Effect effect, String table) {
        for (var column : effect.made(Kind.COLUMN)) {
            if (column.id().relation().equals(table)) {
                return added(column.has("generated"), column.has("identity"));
            }
        }
        if (!effect.changed(Kind.COLUMN, "type").isEmpty()) {
            return "Add a column of the new type, write to both, fill it in batches, and change"
                    + " over";
        }
        return effect.statement().starts("VACUUM") || effect.statement().starts("CLUSTER")
                ? "A tool that does it while the table is used, such as pg_repack"
                : "Make a new table and move the rows in batches";
    }

    private static String added(boolean generated, boolean counted) {
        if (generated) {
            return "A plain column that a trigger fills, or a virtual one where the server has"
                    + " them";
        }
        return counted
                ? "Add it nullable, with a sequence for new rows, and fill the old ones in batches"
                : "Add it without the default, SET DEFAULT afterwards, and fill it in batches";
    }
}
