// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions, procedures and aggregates. */
public final class RoutineStatements {
    private RoutineStatements() {}

    public static String create(CatalogItem item) {
        return item.id().kind() == ObjectKind.AGGREGATE
                ? aggregate(item)
                : DdlWords.definition(item);
    }

    private static String aggregate(CatalogItem item) {
        var arguments = item.text(Attribute.ARGUMENTS);
        return "CREATE AGGREGATE "
                + item.id().name().substring(0, item.id().name().indexOf('('))
                + "("
                + (arguments.isEmpty() ? "*" : arguments)
                + ") ("
                + item.text(Attribute.DEFINITION)
                + ")";
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var fits =
                after.id().kind() != ObjectKind.AGGREGATE
                        && !before.differs(after, Attribute.RESULT)
                        && !before.differs(after, Attribute.ARGUMENTS);
        return fits ? List.of(DdlStatement.of(after.text(Attribute.DEFINITION).strip())) : null;
    }
}
