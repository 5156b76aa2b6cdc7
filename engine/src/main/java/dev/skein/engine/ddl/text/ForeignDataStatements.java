// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Foreign data wrappers, servers and tables. */
public final class ForeignDataStatements {
    private ForeignDataStatements() {}

    public static String create(CatalogItem item) {
        var options =
                item.has(Attribute.OPTIONS)
                        ? " OPTIONS (" + item.text(Attribute.OPTIONS) + ")"
                        : "";
        return item.id().kind() == ObjectKind.SERVER
                ? "CREATE SERVER " + item.id().name() + server(item) + options
                : "CREATE FOREIGN DATA WRAPPER " + item.id().name() + functions(item) + options;
    }

    private static String server(CatalogItem item) {
        var type = item.get(Attribute.TYPE);
        var version = item.get(Attribute.VERSION);
        return (type == null ? "" : " TYPE " + SqlLiterals.text(type))
                + (version == null ? "" : " VERSION " + SqlLiterals.text(version))
                + " FOREIGN DATA WRAPPER "
                + item.text(Attribute.WRAPPER);
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
        var fixed = Stream.of(Attribute.WRAPPER, Attribute.TYPE, Attribute.SERVER);
        if (fixed.anyMatch(
                name -> kind.attributes().contains(name) && before.differs(after, name))) {
            return null;
        }
        var alter = "ALTER " + DdlWords.reference(after.id());
        return clauses(before, after).stream()
                .map(clause -> DdlStatement.of(alter + clause))
                .toList();
    }

    private static List<String> clauses(CatalogItem before, CatalogItem after) {
        var kind = after.id().kind();
        var clauses = new ArrayList<String>();
        if (kind == ObjectKind.FOREIGN_DATA_WRAPPER
                && !functions(before).equals(functions(after))) {
            clauses.add(functions(after));
        }
        if (kind == ObjectKind.SERVER && before.differs(after, Attribute.VERSION)) {
            var version = after.get(Attribute.VERSION);
            clauses.add(" VERSION " + (version == null ? "NULL" : SqlLiterals.text(version)));
        }
        if (before.differs(after, Attribute.OPTIONS)) {
            var options =
                    OptionChanges.foreign(
                            before.text(Attribute.OPTIONS), after.text(Attribute.OPTIONS));
            clauses.add(" " + options);
        }
        return clauses;
    }
}
