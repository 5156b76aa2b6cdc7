// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a database's schema consists of, at one moment.
 *
 * @param items by name, in order
 * @param positions where columns stand in their table, counted from 1
 * @param needs for each object, those that it cannot be without, as far as the server knows
 */
public record Catalog(
        Fingerprint fingerprint,
        SortedMap<ItemId, CatalogItem> items,
        Map<ItemId, Integer> positions,
        Map<ItemId, Set<ItemId>> needs) {
    public Catalog {
        items = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(items));
        positions = Map.copyOf(positions);
        needs = Map.copyOf(needs);
    }

    /** An object by its name. */
    public @Nullable CatalogItem get(ItemId id) {
        return items.get(id);
    }

    /** What belongs to a relation (or type): columns in their order, constraints and their like. */
    public List<CatalogItem> members(String relation) {
        return items.values().stream()
                .filter(item -> item.id().relation().equals(relation))
                .sorted(Comparator.comparingInt(item -> position(item.id())))
                .toList();
    }

    private int position(ItemId id) {
        int known = positions.getOrDefault(id, 0);
        return known > 0 ? known : Integer.MAX_VALUE; // columns first, then the rest by name
    }

    /** What an object cannot be without. */
    public Set<ItemId> needs(ItemId id) {
        return needs.getOrDefault(id, Set.of());
    }
}
