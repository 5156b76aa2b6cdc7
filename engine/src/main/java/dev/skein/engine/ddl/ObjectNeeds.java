// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.InheritedColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What objects need, together with what comes and goes inside their statements. */
final class ObjectNeeds {
    private final Catalog from;
    private final Map<ItemId, ItemId> writtenIn;
    private final ChangeGraph graph;
    private final Map<ItemId, List<ItemId>> inside = new HashMap<>();

    /**
     * @param writtenIn what is written inside the statement that makes another object
     */
    ObjectNeeds(Catalog from, Map<ItemId, ItemId> writtenIn, ChangeGraph graph) {
        this.from = from;
        this.writtenIn = writtenIn;
        this.graph = graph;
        writtenIn.forEach((member, whole) ->
                inside.computeIfAbsent(whole, id -> new ArrayList<>()).add(member));
    }

    /** What is written inside the statement that makes an object. */
    List<ItemId> inside(ItemId id) {
        return inside.getOrDefault(id, List.of());
    }

    /** What an object needs, and what those need who come and go inside its statement. */
    Set<ItemId> of(Catalog catalog, ItemId id) {
        var all = new HashSet<>(catalog.needs(id));
        var container = CatalogLookup.container(catalog, id);
        if (container != null) {
            all.add(container);
        }
        for (var member : inside(id)) {
            all.addAll(catalog.needs(member));
        }
        if (id.kind() == ObjectKind.INHERITED_COLUMN) {
            var origin = InheritedColumns.origin(catalog, id.relation(), id.name());
            all.addAll(origin == null ? Set.of() : Set.of(origin));
        }
        all.remove(id);
        all.removeIf(needed -> id.equals(writtenIn.get(needed)));
        return all;
    }

    /** What an object needs, and what all need that goes with it. */
    Set<ItemId> withMembers(ItemId id) {
        var all = of(from, id);
        for (var item : from.members(id.name())) {
            var member = item.id();
            var owner = member.kind() == ObjectKind.SEQUENCE_OWNER; // it holds nothing
            var alone = graph.own(member, Action.DROP) != null;
            if (!owner && !alone && id.equals(CatalogLookup.container(from, member))) {
                all.addAll(from.needs(member));
            }
        }
        all.removeIf(
                needed -> id.equals(CatalogLookup.container(from, needed)) || id.equals(needed));
        return all;
    }
}
