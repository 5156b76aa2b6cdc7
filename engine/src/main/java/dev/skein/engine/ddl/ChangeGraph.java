// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done to objects, and which of it has to come before what. */
final class ChangeGraph {
    private final Catalog from;
    private final Map<ItemId, ItemId> writtenIn;
    private final SortedSet<ChangeNode> nodes = new TreeSet<>();
    private final Map<ItemId, Map<Action, ChangeNode>> byId = new HashMap<>();
    private final Map<ChangeNode, Set<ChangeNode>> before = new HashMap<>();
    private final Map<ChangeNode, Set<ChangeNode>> behind = new HashMap<>();

    /**
     * @param writtenIn what is written inside the statement that makes another object
     */
    ChangeGraph(Catalog from, List<ChangeNode> nodes, Map<ItemId, ItemId> writtenIn) {
        this.from = from;
        this.writtenIn = writtenIn;
        for (var node : nodes) {
            this.nodes.add(node);
            byId.computeIfAbsent(node.id(), id -> new HashMap<>()).put(node.action(), node);
        }
    }

    SortedSet<ChangeNode> nodes() {
        return nodes;
    }

    /** What is done to an object itself. */
    @Nullable ChangeNode own(ItemId id, Action action) {
        return byId.getOrDefault(id, Map.of()).get(action);
    }

    /** The objects that are altered. */
    Stream<ItemId> altered() {
        return byId.keySet().stream().filter(id -> own(id, Action.ALTER) != null);
    }

    /** What is done to an object by itself, or together with what it belongs to. */
    @Nullable ChangeNode find(ItemId id, Action action, Catalog catalog) {
        var own = own(id, action);
        if (own != null) {
            return own;
        }
        if (action == Action.CREATE && writtenIn.containsKey(id)) {
            return own(writtenIn.get(id), action);
        }
        var container = action == Action.DROP ? CatalogLookup.container(catalog, id) : null;
        return container == null ? null : own(container, action);
    }

    /** Puts one behind another one, where there are both. */
    void after(@Nullable ChangeNode later, @Nullable ChangeNode earlier) {
        if (later != null && earlier != null && !later.equals(earlier)) {
            before.computeIfAbsent(later, n -> new HashSet<>()).add(earlier);
            behind.computeIfAbsent(earlier, n -> new HashSet<>()).add(later);
            after(later, earlier.statements().isEmpty() ? whole(earlier.id()) : null);
        }
    }

    /** What a partition goes with that has no statement of its own. */
    private @Nullable ChangeNode whole(ItemId partition) {
        var parent = CatalogLookup.known(from, partition).text(Attribute.PARENTS);
        return find(new ItemId(ObjectKind.TABLE, "", parent), Action.DROP, from);
    }

    /** All of it, each behind what has to come before it, if that can be. */
    List<ChangeNode> inOrder() {
        var left = new TreeSet<>(nodes);
        var waiting = new HashMap<ChangeNode, Integer>();
        before.forEach((node, earlier) -> waiting.put(node, earlier.size()));
        var ready = new TreeSet<ChangeNode>();
        left.stream().filter(node -> !waiting.containsKey(node)).forEach(ready::add);
        var order = new ArrayList<ChangeNode>();
        while (!left.isEmpty()) {
            // In a circle nobody is ready: the replay will tell whether it can be done like this.
            var next = ready.isEmpty() ? left.getFirst() : ready.removeFirst();
            left.remove(next);
            order.add(next);
            for (var later : behind.getOrDefault(next, Set.of())) {
                if (waiting.merge(later, -1, Integer::sum) == 0 && left.contains(later)) {
                    ready.add(later);
                }
            }
        }
        return order;
    }
}
