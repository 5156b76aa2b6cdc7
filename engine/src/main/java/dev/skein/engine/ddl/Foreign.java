// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Foreign data wrappers, servers and tables. */
final class Foreign {
    private Foreign() {}

    static String create(CatalogItem item) {
        var name = item.id().name();
        var options = item.has("options") ? " OPTIONS (" + item.text("options") + ")" : "";
        if (item.id().kind() == Kind.SERVER) {
            return "CREATE SERVER "
                    + name
                    + (item.has("type") ? " TYPE " + Sql.text(item.text("type")) : "")
                    + (item.has("version") ? " VERSION " + Sql.text(item.text("version")) : "")
                    + " FOREIGN DATA WRAPPER "
                    + item.text("wrapper")
                    + options;
        }
        return "CREATE FOREIGN DATA WRAPPER " + name + functions(item) + options;
    }

    private static String functions(CatalogItem item) {
        return (item.has("handler") ? " HANDLER " + item.text("handler") : " NO HANDLER")
                + (item.has("validator")
                        ? " VALIDATOR " + item.text("validator")
                        : " NO VALIDATOR");
    }

    /** The statements, or null where only a new one will do. */
    static @Nullable List<Statement> change(CatalogItem before, CatalogItem after) {
        var kind = after.id().kind();
        for (var fixed : List.of("wrapper", "type", "server")) {
            if (kind.attributes().contains(fixed)
                    && !Objects.equals(before.get(fixed), after.get(fixed))) {
                return null;
            }
        }
        var alter =
                "ALTER "
                        + kind.words().toUpperCase(java.util.Locale.ROOT)
                        + " "
                        + after.id().name();
        var statements = new ArrayList<Statement>();
        if (kind == Kind.FOREIGN_DATA_WRAPPER && !functions(before).equals(functions(after))) {
            statements.add(Statement.of(alter + functions(after)));
        }
        if (kind == Kind.SERVER && !Objects.equals(before.get("version"), after.get("version"))) {
            var version = after.get("version");
            statements.add(
                    Statement.of(
                            alter + " VERSION " + (version == null ? "NULL" : Sql.text(version))));
        }
        if (!Objects.equals(before.get("options"), after.get("options"))) {
            statements.add(
                    Statement.of(
                            alter
                                    + " "
                                    + Options.foreign(
                                            before.text("options"), after.text("options"))));
        }
        return statements;
    }
}
