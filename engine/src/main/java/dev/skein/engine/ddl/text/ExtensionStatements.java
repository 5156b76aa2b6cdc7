// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;

/** Extensions. */
public final class ExtensionStatements {
    private ExtensionStatements() {}

    public static String create(CatalogItem item) {
        return "CREATE EXTENSION " + item.id().name() + " SCHEMA " + item.text(Attribute.SCHEMA);
    }

    public static List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var alter = "ALTER EXTENSION " + after.id().name();
        var statements = new ArrayList<DdlStatement>();
        if (before.differs(after, Attribute.SCHEMA)) {
            statements.add(DdlStatement.of(alter + " SET SCHEMA " + after.text(Attribute.SCHEMA)));
        }
        if (before.differs(after, Attribute.VERSION)) {
            var version = SqlLiterals.text(after.text(Attribute.VERSION));
            statements.add(DdlStatement.of(alter + " UPDATE TO " + version));
        }
        return statements;
    }
}
