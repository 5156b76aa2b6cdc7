// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publications. */
public final class PublicationStatements {
    private static final String ALL = "ALL TABLES";

    private PublicationStatements() {}

    public static String create(CatalogItem item) {
        return "CREATE PUBLICATION "
                + item.id().name()
                + (item.has(Attribute.MEMBERS) ? " FOR " + members(item) : "")
                + " WITH ("
                + parameters(item)
                + ")";
    }

    /** Servers before 15 want the word TABLE once. */
    private static String members(CatalogItem item) {
        var members = item.text(Attribute.MEMBERS);
        return members.contains("TABLES IN SCHEMA") ? members : members.replace(", TABLE ", ", ");
    }

    private static String parameters(CatalogItem item) {
        return "publish = '"
                + item.text(Attribute.OPERATIONS)
                + "'"
                + ", publish_via_partition_root = "
                + (item.has(Attribute.VIA_ROOT) ? "true" : "false");
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var statements = new ArrayList<DdlStatement>();
        if (before.differs(after, Attribute.MEMBERS)) {
            if (before.text(Attribute.MEMBERS).equals(ALL)
                    || after.text(Attribute.MEMBERS).equals(ALL)
                    || !after.has(Attribute.MEMBERS)) {
                return null;
            }
            statements.add(DdlStatement.of(alter(after) + "SET " + members(after)));
        }
        if (!parameters(before).equals(parameters(after))) {
            statements.add(DdlStatement.of(alter(after) + "SET (" + parameters(after) + ")"));
        }
        return statements;
    }

    private static String alter(CatalogItem item) {
        return "ALTER PUBLICATION " + item.id().name() + " ";
    }
}
