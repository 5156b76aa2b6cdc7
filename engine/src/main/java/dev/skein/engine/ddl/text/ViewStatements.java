// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Views and materialized views. */
public final class ViewStatements {
    private ViewStatements() {}

    public static String create(CatalogItem item) {
        var word = item.id().kind() == ObjectKind.VIEW ? "VIEW " : "MATERIALIZED VIEW ";
        return "CREATE " + word + defined(item);
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        if (before.differs(after, Attribute.DEFINITION)
                || before.differs(after, Attribute.COLUMNS)) {
            return isReplaceable(before, after)
                    ? List.of(DdlStatement.of("CREATE OR REPLACE VIEW " + defined(after)))
                    : null;
        }
        var alter = "ALTER " + DdlWords.reference(after.id()) + " ";
        return OptionChanges.storage(before, after).stream()
                .map(clause -> DdlStatement.of(alter + clause))
                .toList();
    }

    /** A view may get more columns at its end, and no others. */
    private static boolean isReplaceable(CatalogItem before, CatalogItem after) {
        return after.id().kind() == ObjectKind.VIEW
                && (after.text(Attribute.COLUMNS) + ", ")
                        .startsWith(before.text(Attribute.COLUMNS) + ", ");
    }

    private static String defined(CatalogItem item) {
        var options =
                item.has(Attribute.OPTIONS) ? " WITH (" + item.text(Attribute.OPTIONS) + ")" : "";
        return item.id().name() + options + " AS\n" + DdlWords.definition(item);
    }

    /** What gives a view's column its default, or takes it away. */
    public static DdlStatement columnDefault(CatalogItem column) {
        var alter = "ALTER VIEW " + column.id().relation() + " ALTER COLUMN " + column.id().name();
        return DdlStatement.of(
                column.has(Attribute.DEFAULT)
                        ? alter + " SET DEFAULT " + column.text(Attribute.DEFAULT)
                        : alter + " DROP DEFAULT");
    }
}
