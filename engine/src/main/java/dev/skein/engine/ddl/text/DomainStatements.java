// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Domains. */
public final class DomainStatements {
    private DomainStatements() {}

    public static String create(CatalogItem item) {
        return "CREATE DOMAIN "
                + item.id().name()
                + " AS "
                + item.text(Attribute.TYPE)
                + (item.has(Attribute.COLLATION)
                        ? " COLLATE " + item.text(Attribute.COLLATION)
                        : "")
                + (item.has(Attribute.DEFAULT) ? " DEFAULT " + item.text(Attribute.DEFAULT) : "")
                + (item.has(Attribute.NOT_NULL) ? " NOT NULL" : "");
    }

    public static String createConstraint(CatalogItem item) {
        return "ALTER DOMAIN "
                + item.id().relation()
                + " ADD CONSTRAINT "
                + item.id().name()
                + " "
                + item.text(Attribute.DEFINITION);
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        if (before.differs(after, Attribute.TYPE) || before.differs(after, Attribute.COLLATION)) {
            return null;
        }
        var alter = "ALTER DOMAIN " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        if (before.differs(after, Attribute.DEFAULT)) {
            var fresh = after.get(Attribute.DEFAULT);
            var change = fresh == null ? " DROP DEFAULT" : " SET DEFAULT " + fresh;
            statements.add(DdlStatement.of(alter + change));
        }
        if (before.differs(after, Attribute.NOT_NULL)) {
            var change = after.has(Attribute.NOT_NULL) ? " SET NOT NULL" : " DROP NOT NULL";
            statements.add(DdlStatement.of(alter + change));
        }
        return statements;
    }
}
