// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import java.util.ArrayList;
import java.util.List;

/** Names that only one object of a schema can have, or be meant by, whatever its kind. */
final class Names {
    private Names() {}

    /** The names that an object takes; none for what may share its own with others. */
    static List<String> of(Catalog catalog, ItemId id) {
        return switch (id.kind()) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, COMPOSITE_TYPE ->
                    List.of(relation(id.name()), type(id.name()));
            case INDEX, SEQUENCE -> List.of(relation(id.name()));
            case ENUM_TYPE, DOMAIN, RANGE_TYPE -> List.of(type(id.name()));
            case FUNCTION, PROCEDURE, AGGREGATE -> List.of(routine(id.name()));
            case CONSTRAINT -> constraint(catalog, id);
            default -> List.of();
        };
    }

    private static List<String> constraint(Catalog catalog, ItemId id) {
        var definition = Changes.known(catalog, id).text("definition");
        if (definition.startsWith("UNIQUE") || definition.startsWith("EXCLUDE")) {
            return List.of(relation(index(id)));
        }
        if (!definition.startsWith("PRIMARY KEY")) {
            return List.of();
        }
        var names = new ArrayList<>(List.of(relation(index(id)), primary(id.relation())));
        for (var part : catalog.attached()) {
            if (part.parent().equals(index(id))) {
                names.add(primary(part.id().relation()));
            }
        }
        return names;
    }

    /** What a table has once. */
    private static String primary(String table) {
        return "primary key of " + table;
    }

    /** The index of a key, in its table's schema. */
    private static String index(ItemId constraint) {
        return Words.schema(constraint.relation()) + constraint.name();
    }

    /** A call may mean any that share it. */
    static String routine(String signature) {
        return "routine " + signature.substring(0, signature.lastIndexOf('('));
    }

    private static String relation(String name) {
        return "relation " + name;
    }

    private static String type(String name) {
        return "type " + name;
    }
}
