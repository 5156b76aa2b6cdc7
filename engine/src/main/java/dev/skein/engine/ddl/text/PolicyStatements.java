// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies for the rows of tables. */
public final class PolicyStatements {
    private PolicyStatements() {}

    public static String create(CatalogItem item) {
        return "CREATE POLICY "
                + item.id().name()
                + " ON "
                + item.id().relation()
                + (item.text(Attribute.MODE).equals("PERMISSIVE") ? "" : " AS RESTRICTIVE")
                + (item.text(Attribute.COMMAND).equals("ALL")
                        ? ""
                        : " FOR " + item.text(Attribute.COMMAND))
                + " TO "
                + item.text(Attribute.ROLES)
                + conditions(item);
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var gone =
                (before.has(Attribute.USING) && !after.has(Attribute.USING))
                        || (before.has(Attribute.CHECK) && !after.has(Attribute.CHECK));
        if (gone
                || before.differs(after, Attribute.COMMAND)
                || before.differs(after, Attribute.MODE)) {
            return null;
        }
        var alter = "ALTER POLICY " + after.id().name() + " ON " + after.id().relation();
        var roles = " TO " + after.text(Attribute.ROLES);
        return List.of(DdlStatement.of(alter + roles + conditions(after)));
    }

    private static String conditions(CatalogItem item) {
        return (item.has(Attribute.USING) ? " USING (" + item.text(Attribute.USING) + ")" : "")
                + (item.has(Attribute.CHECK)
                        ? " WITH CHECK (" + item.text(Attribute.CHECK) + ")"
                        : "");
    }
}
