// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Foreign data wrappers, servers and tables. */
public final class ForeignDataStatements {
    private ForeignDataStatements() {}

    public static String create(CatalogItem item) {
        var name = item.id().name();
        var options =
                item.has(Attribute.OPTIONS)
                        ? " OPTIONS (" + item.text(Attribute.OPTIONS) + ")"
                        : "";
        if (item.id().kind() == ObjectKind.SERVER) {
            return "CREATE SERVER "
                    + name
                    + (item.has(Attribute.TYPE)
                            ? " TYPE " + SqlLiterals.text(item.text(Attribute.TYPE))
                            : "")
                    + (item.has(Attribute.VERSION)
                            ? " VERSION " + SqlLiterals.text(item.text(Attribute.VERSION))
                            : "")
                    + " FOREIGN DATA WRAPPER "
                    + item.text(Attribute.WRAPPER)
                    + options;
        }
        return "CREATE FOREIGN DATA WRAPPER " + name + functions(item) + options;
    }

    private static String functions(CatalogItem item) {
        return (item.has(Attribute.HANDLER)
                        ? " HANDLER " + item.text(Attribute.HANDLER)
                        : " NO HANDLER")
                + (item.has(Attribute.VALIDATOR)
                        ? " VALIDATOR " + item.text(Attribute.VALIDATOR)
                        : " NO VALIDATOR");
    }

    /** The statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        var kind = after.id().kind();
        for (var fixed : List.of(Attribute.WRAPPER, Attribute.TYPE, Attribute.SERVER)) {
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
        var statements = new ArrayList<DdlStatement>();
        if (kind == ObjectKind.FOREIGN_DATA_WRAPPER
                && !functions(before).equals(functions(after))) {
            statements.add(DdlStatement.of(alter + functions(after)));
        }
        if (kind == ObjectKind.SERVER
                && !Objects.equals(before.get(Attribute.VERSION), after.get(Attribute.VERSION))) {
            var version = after.get(Attribute.VERSION);
            statements.add(
                    DdlStatement.of(
                            alter
                                    + " VERSION "
                                    + (version == null ? "NULL" : SqlLiterals.text(version))));
        }
        if (!Objects.equals(before.get(Attribute.OPTIONS), after.get(Attribute.OPTIONS))) {
            statements.add(
                    DdlStatement.of(
                            alter
                                    + " "
                                    + OptionChanges.foreign(
                                            before.text(Attribute.OPTIONS),
                                            after.text(Attribute.OPTIONS))));
        }
        return statements;
    }
}
