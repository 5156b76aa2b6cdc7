// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Extended statistics. */
public final class StatisticsStatements {
    private StatisticsStatements() {}

    public static List<DdlStatement> create(CatalogItem item) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(DdlStatement.of(item.text(Attribute.DEFINITION)));
        if (item.has(Attribute.TARGET)) {
            statements.add(
                    DdlStatement.of(
                            "ALTER STATISTICS "
                                    + item.id().name()
                                    + " SET STATISTICS "
                                    + item.text(Attribute.TARGET)));
        }
        return statements;
    }

    /** The statements, or null where only new ones will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        return before.differs(after, Attribute.DEFINITION)
                ? null
                : List.of(
                        DdlStatement.of(
                                "ALTER STATISTICS "
                                        + after.id().name()
                                        + " SET STATISTICS "
                                        + (after.has(Attribute.TARGET)
                                                ? after.text(Attribute.TARGET)
                                                : "-1")));
    }
}
