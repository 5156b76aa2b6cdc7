// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who uses what in a catalog, and what belongs to what. */
public final class CatalogUses {
    private final Map<ItemId, Set<ItemId>> users = new HashMap<>();
    private final Map<ItemId, Set<ItemId>> members = new HashMap<>();

    public CatalogUses(Catalog catalog) {
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
    public Set<ItemId> users(ItemId of) {
        return users.getOrDefault(of, Set.of());
    }

    /** What belongs to an object. */
    public Set<ItemId> members(ItemId of) {
        return members.getOrDefault(of, Set.of());
    }
}
