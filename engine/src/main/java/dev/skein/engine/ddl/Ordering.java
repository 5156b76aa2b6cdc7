// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.ddl.Node.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts what is done into an order in which nothing is missing when it is needed. */
final class Ordering {
    private static final Set<Kind> ROUTINES = Set.of(Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE);

    private final Catalog from;
    private final Catalog to;
    private final TreeSet<Node> nodes = new TreeSet<>();
    private final Map<ItemId, Map<Action, Node>> byId = new HashMap<>();
    private final Map<ItemId, ItemId> writtenIn;
    private final Map<ItemId, ItemId> replaced;
    private final Map<Node, Set<Node>> before = new HashMap<>();
    private final Map<Node, Set<Node>> behind = new HashMap<>();
    private final Map<ItemId, List<ItemId>> inside = new HashMap<>();
    private final Map<String, Set<ItemId>> owners = new HashMap<>();

    /**
     * @param writtenIn what is written inside the statement that makes another object
     * @param replaced objects that take another one's place: new to old
     */
    Ordering(
            Catalog from,
            Catalog to,
            List<Node> nodes,
            Map<ItemId, ItemId> writtenIn,
            Map<ItemId, ItemId> replaced) {
        this.replaced = replaced;
        this.from = from;
        this.to = to;
        this.writtenIn = writtenIn;
        for (var id : from.items().keySet()) {
            Names.of(from, id).forEach(name -> owned(name).add(id));
        }
        var parents = new HashMap<String, String>();
        from.attached().forEach(part -> parents.put(part.index(), part.parent()));
        for (var part : from.attached()) {
            var root = part.index();
            while (!parents.getOrDefault(root, "").isEmpty()) {
                root = parents.getOrDefault(root, "");
            }
            var owning = Set.copyOf(owned("relation " + root));
            owned("relation " + part.index()).addAll(owning);
            if (part.own()) {
                Names.of(from, part.id()).forEach(name -> owned(name).addAll(owning));
            }
        }
        writtenIn.forEach((member, whole) ->
                inside.computeIfAbsent(whole, id -> new ArrayList<>()).add(member));
        for (var node : nodes) {
            this.nodes.add(node);
            byId.computeIfAbsent(node.id(), id -> new HashMap<>()).put(node.action(), node);
        }
    }

    List<Statement> statements() {
        for (var node : nodes) {
            edges(node);
        }
        var waiting = new HashMap<Node, Integer>();
        before.forEach((node, earlier) -> waiting.put(node, earlier.size()));
        var ready = new TreeSet<Node>();
        nodes.stream().filter(node -> !waiting.containsKey(node)).forEach(ready::add);
        var order = new ArrayList<Statement>();
        while (!nodes.isEmpty()) {
            // In a circle nobody is ready: the replay will tell whether it can be done like this.
            var next = ready.isEmpty() ? nodes.iterator().next() : ready.removeFirst();
            nodes.remove(next);
            order.addAll(next.statements());
            for (var later : behind.getOrDefault(next, Set.of())) {
                if (waiting.merge(later, -1, Integer::sum) == 0 && nodes.contains(later)) {
                    ready.add(later);
                }
            }
        }
        return order;
    }

    private void edges(Node node) {
        var id = node.id();
        switch (node.action()) {
            case DROP -> {
                for (var needed : needsWithMembers(id)) {
                    after(find(needed, Action.DROP, from), node);
                    after(find(needed, Action.ALTER, from), node);
                    var remade = find(needed, Action.CREATE, from);
                    if (remade != null && find(needed, Action.DROP, from) == null) {
                        after(remade, node);
                    }
                }
                after(find(id, Action.CREATE, to), node);
                if (from.attached().stream().anyMatch(part -> part.id().equals(id))) {
                    // It can be dropped as soon as its partition has left.
                    after(node, find(new ItemId(Kind.TABLE, "", id.relation()), Action.ALTER, to));
                }
            }
            case ALTER -> alterEdges(node);
            case CREATE -> {
                afterWhatItNeeds(node, needs(to, id));
                for (var member : inside.getOrDefault(id, List.of())) {
                    whoHadTheName(node, member);
                }
                whoHadTheName(node, id);
                behindTheTables(node);
            }
        }
    }

    private void alterEdges(Node node) {
        var id = node.id();
        var table = new ItemId(Kind.TABLE, "", id.relation());
        var own = new ItemId(Kind.COLUMN, id.relation(), id.name());
        if (id.kind() == Kind.INHERITED_COLUMN && from.get(own) != null) {
            after(find(table, Action.ALTER, to), node); // it is attached as it has to be
            return;
        }
        var now = needs(to, id);
        for (var needed : needs(from, replaced.getOrDefault(id, id))) {
            if (!now.contains(needed)) {
                after(find(needed, Action.DROP, from), node);
                if (id.kind() == Kind.CONSTRAINT
                        || replaced.containsKey(id)) { // it may be nullable only then
                    after(byId.getOrDefault(needed, Map.of()).get(Action.ALTER), node);
                }
            }
        }
        afterWhatItNeeds(node, now);
    }

    /**
     * A partition's own index comes after those of its table, which would take it in: the server
     * holds indexes for alike that differ in their directions.
     */
    private void behindTheTables(Node node) {
        var table = to.get(new ItemId(Kind.TABLE, "", node.id().relation()));
        while (node.id().kind() == Kind.INDEX && table != null && table.has("partition bound")) {
            var parent = table.text("parents");
            for (var member : to.members(parent)) {
                var index = member.id().kind() == Kind.INDEX;
                after(node, index ? find(member.id(), Action.CREATE, to) : null);
            }
            table = to.get(new ItemId(Kind.TABLE, "", parent));
        }
    }

    /** A name is free when what had it is gone, of whatever kind it was and of whatever table. */
    private void whoHadTheName(Node node, ItemId id) {
        for (var name : Names.of(to, id)) {
            for (var owner : owners.getOrDefault(name, Set.of())) {
                if (!owner.equals(id) && !isLetGoOf(owner)) {
                    after(node, find(owner, Action.DROP, from));
                }
            }
        }
    }

    /** Whether what is altered may need the new one of a name before it lets go of the old one. */
    private boolean isLetGoOf(ItemId routine) {
        return ROUTINES.contains(routine.kind())
                && byId.entrySet().stream()
                        .filter(entry -> entry.getValue().containsKey(Action.ALTER))
                        .anyMatch(entry -> from.needs(entry.getKey()).contains(routine));
    }

    private Set<ItemId> owned(String name) {
        return owners.computeIfAbsent(name, any -> new HashSet<>());
    }

    private void afterWhatItNeeds(Node node, Set<ItemId> needs) {
        for (var needed : needs) {
            after(node, find(needed, Action.CREATE, to));
            after(node, find(needed, Action.ALTER, to));
        }
    }

    private void after(@Nullable Node later, @Nullable Node earlier) {
        if (later != null && earlier != null && !later.equals(earlier)) {
            before.computeIfAbsent(later, n -> new HashSet<>()).add(earlier);
            behind.computeIfAbsent(earlier, n -> new HashSet<>()).add(later);
        }
    }

    private @Nullable Node find(ItemId id, Action action, Catalog catalog) {
        var own = byId.getOrDefault(id, Map.of()).get(action);
        if (own != null) {
            return own;
        }
        if (action == Action.CREATE && writtenIn.containsKey(id)) {
            return byId.getOrDefault(writtenIn.get(id), Map.of()).get(action);
        }
        var container = action == Action.DROP ? Changes.container(catalog, id) : null;
        return container == null ? null : byId.getOrDefault(container, Map.of()).get(action);
    }

    /** What an object needs, and what all need that goes with it. */
    private Set<ItemId> needsWithMembers(ItemId id) {
        var all = needs(from, id);
        for (var item : from.members(id.name())) {
            var member = item.id();
            var owner = member.kind() == Kind.SEQUENCE_OWNER; // it holds nothing
            var alone = byId.getOrDefault(member, Map.of()).containsKey(Action.DROP);
            if (!owner && !alone && id.equals(Changes.container(from, member))) {
                all.addAll(from.needs(member));
            }
        }
        all.removeIf(needed -> id.equals(Changes.container(from, needed)) || id.equals(needed));
        return all;
    }

    /** What an object needs, and what those need who come and go inside its statement. */
    private Set<ItemId> needs(Catalog catalog, ItemId id) {
        var all = new HashSet<>(catalog.needs(id));
        var container = Changes.container(catalog, id);
        if (container != null) {
            all.add(container);
        }
        for (var member : inside.getOrDefault(id, List.of())) {
            all.addAll(catalog.needs(member));
        }
        if (id.kind() == Kind.INHERITED_COLUMN) {
            var origin = Inherited.origin(catalog, id.relation(), id.name());
            all.addAll(origin == null ? Set.of() : Set.of(origin));
        }
        all.remove(id);
        all.removeIf(needed -> id.equals(writtenIn.get(needed)));
        return all;
    }
}
