// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.postgres.SqlLiterals;

/** Objects that the catalog has a definition of which is nearly the statement. */
public final class DefinedObjects {
    private DefinedObjects() {}

    /**
     * The statement that makes an item from its definition.
     *
     * @throws IllegalArgumentException if the item is of a kind that is not made from its
     *     definition
     */
    public static String create(CatalogItem item) {
        var name = item.id().name();
        var definition = item.text(Attribute.DEFINITION);
        return switch (item.id().kind()) {
            case COLLATION -> collation(item);
            case ENUM_TYPE ->
                    "CREATE TYPE " + name + " AS ENUM (" + item.text(Attribute.LABELS) + ")";
            case RANGE_TYPE -> "CREATE TYPE " + name + " AS RANGE (" + definition + ")";
            case OPERATOR ->
                    "CREATE OPERATOR %s (%s)"
                            .formatted(name.substring(0, name.lastIndexOf('(')), definition);
            case TEXT_SEARCH_DICTIONARY ->
                    "CREATE " + DdlWords.reference(item.id()) + " (" + definition + ")";
            case CAST -> "CREATE CAST " + name + " " + definition;
            case CONVERSION -> conversion(item);
            default -> throw new IllegalArgumentException("no way to create " + item.id());
        };
    }

    private static String collation(CatalogItem item) {
        var locale = item.text(Attribute.LOCALE);
        return "CREATE COLLATION "
                + item.id().name()
                + " (provider = "
                + item.text(Attribute.PROVIDER)
                + ", locale = "
                + SqlLiterals.text(locale)
                + (item.has(Attribute.DETERMINISTIC) ? ", deterministic = false" : "")
                + ")";
    }

    private static String conversion(CatalogItem item) {
        var usual = item.has(Attribute.DEFAULT) ? "DEFAULT " : "";
        return "CREATE %sCONVERSION %s %s"
                .formatted(usual, item.id().name(), item.text(Attribute.DEFINITION));
    }
}
