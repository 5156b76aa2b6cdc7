// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables that refer to each other: neither can be dropped first, unless the references go. */
public final class ForeignKeys {
    private ForeignKeys() {}

    /** Those of the dropped foreign keys whose table is referred to, in turn, by their target. */
    public static Set<ItemId> inCircles(Catalog catalog, Set<ItemId> dropped) {
        var targets = new HashMap<ItemId, Set<String>>();
        var tables = new HashMap<String, Set<String>>();
        for (var id : dropped) {
            var others =
                    isForeignKey(catalog.get(id)) ? otherTables(catalog, id) : Set.<String>of();
            if (!others.isEmpty()) {
                targets.put(id, others);
                tables.computeIfAbsent(id.relation(), t -> new HashSet<>()).addAll(others);
            }
        }
        var circles = new HashSet<ItemId>();
        targets.forEach((id, to) -> {
            if (to.stream().anyMatch(t -> reaches(tables, t, id.relation()))) {
                circles.add(id);
            }
        });
        return circles;
    }

    private static boolean isForeignKey(@Nullable CatalogItem item) {
        return item != null
                && item.id().kind() == ObjectKind.CONSTRAINT
                && item.text(Attribute.DEFINITION).startsWith("FOREIGN KEY");
    }

    private static Set<String> otherTables(Catalog catalog, ItemId key) {
        var tables = new HashSet<String>();
        for (var needed : catalog.needs(key)) {
            // Inherited columns are no items of their own: their table stands for them.
            if (needed.kind() == ObjectKind.COLUMN) {
                tables.add(needed.relation());
            } else if (needed.kind() == ObjectKind.TABLE) {
                tables.add(needed.name());
            }
        }
        tables.remove(key.relation());
        return tables;
    }

    /** Whether foreign keys that refer to a partitioned table refer to a partition by that. */
    public static boolean referThroughParent(Catalog catalog, CatalogItem partition) {
        var parent = new ItemId(ObjectKind.TABLE, "", partition.text(Attribute.PARENTS));
        return catalog.items().keySet().stream()
                .filter(id -> id.kind() == ObjectKind.CONSTRAINT)
                .map(catalog::needs)
                .anyMatch(needs -> needs.contains(partition.id()) && needs.contains(parent));
    }

    private static boolean reaches(Map<String, Set<String>> tables, String from, String to) {
        var seen = new HashSet<String>();
        var work = new java.util.ArrayDeque<String>();
        work.add(from);
        while (!work.isEmpty()) {
            var table = work.remove();
            if (table.equals(to)) {
                return true;
            }
            if (seen.add(table)) {
                work.addAll(tables.getOrDefault(table, Set.of()));
            }
        }
        return false;
    }
}
