// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that a database's schema consists of, at one moment. */
public final class Catalog {
    private final Fingerprint fingerprint;
    private final SortedMap<ItemId, CatalogItem> items;
    private final Map<ItemId, String> identities;
    private final @Nullable Map<ItemId, Set<ItemId>> needs;
    private final Map<String, List<CatalogItem>> members = new HashMap<>();
    private final Map<ItemId, Integer> positions;
    private final List<AttachedPart> attached;

    /**
     * @param items by name, in order
     * @param positions where columns stand in their table, counted from 1
     * @param identities what the server knows objects by, whatever they are called
     * @param needs for each object, those that it cannot be without, as far as the server knows;
     *     null where nobody asked
     * @param attached what partitions have as parts of what their table has, where it was read
     */
    Catalog(
            Fingerprint fingerprint,
            SortedMap<ItemId, CatalogItem> items,
            Map<ItemId, Integer> positions,
            Map<ItemId, String> identities,
            @Nullable Map<ItemId, Set<ItemId>> needs,
            List<AttachedPart> attached) {
        this.positions = Map.copyOf(positions);
        this.attached = List.copyOf(attached);
        this.fingerprint = fingerprint;
        this.items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
        this.identities = Map.copyOf(identities);
        this.needs = needs == null ? null : Map.copyOf(needs);
        fillMembers();
    }

    private void fillMembers() {
        for (var item : items.values()) {
            members.computeIfAbsent(item.id().relation(), name -> new ArrayList<>()).add(item);
        }
        // Columns first, in their order; then the rest by name.
        var order =
                Comparator.comparingInt((CatalogItem item) -> {
                    int known = positions.getOrDefault(item.id(), 0);
                    return known > 0 ? known : Integer.MAX_VALUE;
                });
        members.values().forEach(list -> list.sort(order));
    }

    /**
     * The same with some objects more, or as others.
     *
     * @param needed what those cannot be without, besides what they belong to
     * @param less what is no more
     */
    public Catalog with(
            Map<ItemId, CatalogItem> more, Map<ItemId, Set<ItemId>> needed, Set<ItemId> less) {
        var all = new TreeMap<>(items);
        all.putAll(more);
        all.keySet().removeAll(less);
        var known = needs;
        if (known != null) {
            known = new HashMap<>(known);
            known.putAll(needed);
        }
        return new Catalog(fingerprint, all, positions, identities, known, attached);
    }

    /** What a fingerprint of an older version tells of it. */
    public Catalog as(Fingerprint fingerprint) {
        var told = new TreeMap<>(items);
        told.keySet().removeIf(id -> Fingerprint.lacking(fingerprint.format()).contains(id.kind()));
        return new Catalog(fingerprint, told, positions, identities, needs, attached);
    }

    /** What partitions have as parts of what their table has; only where it was read, too. */
    public List<AttachedPart> attached() {
        return attached;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Every object by its name, in order. */
    public SortedMap<ItemId, CatalogItem> items() {
        return items;
    }

    /** An object by its name. */
    public @Nullable CatalogItem get(ItemId id) {
        return items.get(id);
    }

    /**
     * What the server knows an object by: the same while the object lives, whatever it is called,
     * and another one for an object that took its name. Only of a catalog that was read from a
     * database, and worth nothing in another one.
     */
    public @Nullable String identity(ItemId id) {
        return identities.get(id);
    }

    /** What belongs to a relation (or type): columns in their order, constraints and their like. */
    public List<CatalogItem> members(String relation) {
        return Collections.unmodifiableList(members.getOrDefault(relation, List.of()));
    }

    /**
     * What an object cannot be without; only where it was read, too.
     *
     * @throws IllegalStateException if it was read without
     */
    public Set<ItemId> needs(ItemId id) {
        if (needs == null) {
            throw new IllegalStateException("read without what needs what");
        }
        return needs.getOrDefault(id, Set.of());
    }
}
