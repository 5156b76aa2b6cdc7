// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who uses what in a catalog, and what belongs to what. */
final class CatalogUses {
    private final Map<ItemId, Set<ItemId>> users = new HashMap<>();
    private final Map<ItemId, Set<ItemId>> members = new HashMap<>();

    CatalogUses(Catalog catalog) {
        for (var id : catalog.items().keySet()) {
            var container = CatalogLookup.container(catalog, id);
            if (container != null) {
                members.computeIfAbsent(container, one -> new TreeSet<>()).add(id);
            }
            for (var needed : catalog.needs(id)) {
                users.computeIfAbsent(needed, one -> new TreeSet<>()).add(id);
            }
        }
    }

    /** What needs an object. */
    Set<ItemId> users(ItemId of) {
        return users.getOrDefault(of, Set.of());
    }

    /** What belongs to an object. */
    Set<ItemId> members(ItemId of) {
        return members.getOrDefault(of, Set.of());
    }
}
