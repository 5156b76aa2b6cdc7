// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.ddl.text.DdlWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that only one object of a schema can have, or be meant by, whatever its kind. */
final class ReservedNames {
    private ReservedNames() {}

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

    /** Which objects have the names of a catalog; what is part of an index has its with that. */
    static Map<String, Set<ItemId>> owners(Catalog catalog) {
        var owners = new HashMap<String, Set<ItemId>>();
        for (var id : catalog.items().keySet()) {
            of(catalog, id).forEach(name -> owned(owners, name).add(id));
        }
        var parents = new HashMap<String, String>();
        catalog.attached().forEach(part -> parents.put(part.index(), part.parent()));
        for (var part : catalog.attached()) {
            var root = root(parents, part.index());
            var owning = Set.copyOf(owned(owners, relation(root)));
            owned(owners, relation(part.index())).addAll(owning);
            if (part.own()) {
                of(catalog, part.id()).forEach(name -> owned(owners, name).addAll(owning));
            }
        }
        return owners;
    }

    private static String root(Map<String, String> parents, String index) {
        var root = index;
        while (!parents.getOrDefault(root, "").isEmpty()) {
            root = parents.getOrDefault(root, "");
        }
        return root;
    }

    private static Set<ItemId> owned(Map<String, Set<ItemId>> owners, String name) {
        return owners.computeIfAbsent(name, any -> new HashSet<>());
    }

    private static List<String> constraint(Catalog catalog, ItemId id) {
        var definition = CatalogLookup.known(catalog, id).text(Attribute.DEFINITION);
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
        return DdlWords.schema(constraint.relation()) + constraint.name();
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
