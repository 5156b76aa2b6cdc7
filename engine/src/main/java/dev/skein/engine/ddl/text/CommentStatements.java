// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.List;
import java.util.Objects;

/** COMMENT ON. */
public final class CommentStatements {
    private CommentStatements() {}

    public static List<DdlStatement> create(CatalogItem item) {
        return item.has(ObjectKind.COMMENT) ? List.of(say(item)) : List.of();
    }

    public static List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var same = Objects.equals(before.get(ObjectKind.COMMENT), after.get(ObjectKind.COMMENT));
        return same ? List.of() : List.of(say(after));
    }

    private static DdlStatement say(CatalogItem item) {
        var text = item.get(ObjectKind.COMMENT);
        return DdlStatement.of(
                "COMMENT ON "
                        + DdlWords.reference(item.id())
                        + " IS "
                        + (text == null ? "NULL" : SqlLiterals.text(text)));
    }
}
