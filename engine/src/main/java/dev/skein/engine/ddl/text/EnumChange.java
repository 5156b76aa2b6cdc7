// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** New values of an enum in their places. */
public final class EnumChange {
    private EnumChange() {}

    /** ALTER TYPE … ADD VALUE, or null where a value goes or moves. */
    public static @Nullable List<DdlStatement> additions(CatalogItem before, CatalogItem after) {
        var old = DdlWords.labels(before);
        var now = DdlWords.labels(after);
        if (!now.stream().filter(old::contains).toList().equals(old)) {
            return null;
        }
        var statements = new ArrayList<DdlStatement>();
        for (int i = 0; i < now.size(); i++) {
            if (old.contains(now.get(i))) {
                continue;
            }
            var place =
                    i > 0
                            ? " AFTER " + now.get(i - 1)
                            : old.isEmpty() ? "" : " BEFORE " + old.getFirst();
            var add = "ALTER TYPE " + after.id().name() + " ADD VALUE " + now.get(i) + place;
            statements.add(DdlStatement.forGood(add));
        }
        return statements;
    }
}
