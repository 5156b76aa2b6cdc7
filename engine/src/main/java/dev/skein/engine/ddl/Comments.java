// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.postgres.Sql;
import java.util.List;
import java.util.Objects;

/** COMMENT ON. */
final class Comments {
    private Comments() {}

    static List<Statement> create(CatalogItem item) {
        return item.has(Kind.COMMENT) ? List.of(say(item)) : List.of();
    }

    static List<Statement> change(CatalogItem before, CatalogItem after) {
        var same = Objects.equals(before.get(Kind.COMMENT), after.get(Kind.COMMENT));
        return same ? List.of() : List.of(say(after));
    }

    private static Statement say(CatalogItem item) {
        var text = item.get(Kind.COMMENT);
        return Statement.of(
                "COMMENT ON "
                        + Words.reference(item.id())
                        + " IS "
                        + (text == null ? "NULL" : Sql.text(text)));
    }
}
