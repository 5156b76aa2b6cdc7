// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.InheritedColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts what is done into an order in which nothing is missing when it is needed. */
final class ChangeOrder {
    private static final Set<ObjectKind> ROUTINES =
            Set.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.AGGREGATE);

    /** What has to wait for a domain's checks: none can be added once a column holds it inside. */
    private static final Set<ObjectKind> HOLD_DOMAINS =
            Set.of(
                    ObjectKind.TABLE,
                    ObjectKind.COLUMN,
                    ObjectKind.COMPOSITE_TYPE,
                    ObjectKind.ATTRIBUTE,
                    ObjectKind.DOMAIN,
                    ObjectKind.RANGE_TYPE);

    private final Catalog from;
    private final Catalog to;
    private final TreeSet<ChangeNode> nodes = new TreeSet<>();
    private final Map<ItemId, Map<Action, ChangeNode>> byId = new HashMap<>();
    private final Map<ItemId, ItemId> writtenIn;

    /** Objects that take another one's place: new to old. */
    private final Map<ItemId, ItemId> replaced;

    private final Map<ItemId, Set<ItemId>> parked;
    private final Map<ChangeNode, Set<ChangeNode>> before = new HashMap<>();
    private final Map<ChangeNode, Set<ChangeNode>> behind = new HashMap<>();
    private final Map<ItemId, List<ItemId>> inside = new HashMap<>();
    private final Map<String, Set<ItemId>> owners;

    /**
     * @param writtenIn what is written inside the statement that makes another object
     * @param changes what they do it for
     */
    ChangeOrder(
            Catalog from,
            Catalog to,
            List<ChangeNode> nodes,
            Map<ItemId, ItemId> writtenIn,
            ChangeSet changes) {
        this.replaced = changes.converted;
        this.parked = changes.parked;
        this.from = from;
        this.to = to;
        this.writtenIn = writtenIn;
        this.owners = ReservedNames.owners(from);
        writtenIn.forEach((member, whole) ->
                inside.computeIfAbsent(whole, id -> new ArrayList<>()).add(member));
        for (var node : nodes) {
            this.nodes.add(node);
            byId.computeIfAbsent(node.id(), id -> new HashMap<>()).put(node.action(), node);
        }
    }

    List<DdlStatement> statements() {
        for (var node : nodes) {
            edges(node);
        }
        var waiting = new HashMap<ChangeNode, Integer>();
        before.forEach((node, earlier) -> waiting.put(node, earlier.size()));
        var ready = new TreeSet<ChangeNode>();
        nodes.stream().filter(node -> !waiting.containsKey(node)).forEach(ready::add);
        var order = new ArrayList<DdlStatement>();
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

    private void edges(ChangeNode node) {
        var id = node.id();
        switch (node.action()) {
            case DROP -> {
                for (var needed : needsWithMembers(id)) {
                    after(find(needed, Action.DROP, from), node);
                    after(find(needed, Action.PARK, from), node);
                    after(find(needed, Action.ALTER, from), node);
                    var remade = find(needed, Action.CREATE, from);
                    if (remade != null && find(needed, Action.DROP, from) == null) {
                        after(remade, node);
                    }
                }
                after(find(id, Action.CREATE, to), node);
            }
            case LEAVE -> left(node);
            case JOIN -> joined(node);
            case PARK -> parked(node);
            case ALTER -> alterEdges(node);
            case RETIRE -> retired(node);
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

    /**
     * Who needs a table lets go of it first; what it or its parent has changes when it has left.
     */
    private void left(ChangeNode node) {
        var table = node.id();
        var above = DetachedTables.ancestors(from, DetachedTables.parents(from, to, table));
        for (var other : nodes) {
            var place = place(other.id());
            if (place.equals(table.name()) || above.contains(place)) {
                after(other, node);
            } else if (other.action() == Action.DROP && from.needs(other.id()).contains(table)) {
                after(node, other);
            }
        }
    }

    /**
     * While a column waits as text, the table is rewritten whose rows it holds; these have the same
     * columns before and after it.
     */
    private void parked(ChangeNode node) {
        var back = find(node.id(), Action.ALTER, to);
        for (var other : nodes) {
            var table = new ItemId(ObjectKind.TABLE, "", other.id().relation());
            var column = other.id().kind() == ObjectKind.COLUMN;
            if (!column || !parked.getOrDefault(node.id(), Set.of()).contains(table)) {
                continue;
            }
            switch (other.action()) {
                case DROP -> after(node, other);
                case CREATE -> after(other, back);
                default -> {
                    after(other, node);
                    after(back, other);
                }
            }
        }
    }

    /** An old type goes when nothing is of it any more. */
    private void retired(ChangeNode node) {
        var type = node.id();
        after(node, find(type, Action.CREATE, to));
        for (var other : nodes) {
            var id = other.id();
            var column = other.action() == Action.ALTER && from.needs(id).contains(type);
            var holds = other.action() == Action.RETIRE && needsWithMembers(id).contains(type);
            if (column || holds) {
                after(node, other);
            }
            if (other.action() == Action.CREATE
                    && id.kind() == ObjectKind.ATTRIBUTE
                    && id.relation().equals(type.name())) {
                after(other, node);
            }
        }
    }

    /** A table joins as it has to be, and then has what builds indexes for it, too. */
    private void joined(ChangeNode node) {
        var table = node.id();
        var above = DetachedTables.ancestors(to, DetachedTables.parents(to, from, table));
        for (var other : nodes) {
            var place = place(other.id());
            var near = place.equals(table.name()) || above.contains(place);
            if (other.action() == Action.LEAVE && above.contains(place)) {
                continue;
            }
            if (near && !buildsIndex(other)) {
                after(node, other);
            } else if (near || (other.action() == Action.CREATE && needsIt(other.id(), table))) {
                after(other, node);
            }
        }
    }

    private boolean needsIt(ItemId id, ItemId table) {
        return needs(to, id).contains(table);
    }

    /** What the server would take in, or take for the parent's, is none that it makes itself. */
    private boolean buildsIndex(ChangeNode node) {
        var id = node.id();
        var item = node.action() == Action.CREATE ? to.get(id) : null;
        var key = item != null && id.kind() == ObjectKind.CONSTRAINT && KeySwap.key(item).matches();
        return (item != null && id.kind() == ObjectKind.INDEX)
                || (key && to.attached().stream().noneMatch(part -> part.id().equals(id)));
    }

    /** The name of the relation that something is, or belongs to. */
    private static String place(ItemId id) {
        return id.relation().isEmpty() ? id.name() : id.relation();
    }

    private void alterEdges(ChangeNode node) {
        var id = node.id();
        var now = needs(to, id);
        for (var needed : needs(from, replaced.getOrDefault(id, id))) {
            if (!now.contains(needed)) {
                after(find(needed, Action.DROP, from), node);
                if (id.kind() == ObjectKind.CONSTRAINT
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
    private void behindTheTables(ChangeNode node) {
        var table = to.get(new ItemId(ObjectKind.TABLE, "", node.id().relation()));
        while (node.id().kind() == ObjectKind.INDEX
                && table != null
                && table.has(Attribute.PARTITION_BOUND)) {
            after(node, find(table.id(), Action.JOIN, to));
            var parent = table.text(Attribute.PARENTS);
            for (var member : to.members(parent)) {
                var index = member.id().kind() == ObjectKind.INDEX;
                after(node, index ? find(member.id(), Action.CREATE, to) : null);
            }
            table = to.get(new ItemId(ObjectKind.TABLE, "", parent));
        }
    }

    /** A name is free when what had it is gone, of whatever kind it was and of whatever table. */
    private void whoHadTheName(ChangeNode node, ItemId id) {
        for (var name : ReservedNames.of(to, id)) {
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

    private void afterWhatItNeeds(ChangeNode node, Set<ItemId> needs) {
        for (var needed : needs) {
            after(node, find(needed, Action.CREATE, to));
            after(node, find(needed, Action.ALTER, to));
            if (needed.kind() == ObjectKind.DOMAIN && HOLD_DOMAINS.contains(node.id().kind())) {
                for (var check : to.members(needed.name())) {
                    after(node, find(check.id(), Action.CREATE, to));
                }
            }
        }
    }

    private void after(@Nullable ChangeNode later, @Nullable ChangeNode earlier) {
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

    private @Nullable ChangeNode find(ItemId id, Action action, Catalog catalog) {
        var own = byId.getOrDefault(id, Map.of()).get(action);
        if (own != null) {
            return own;
        }
        if (action == Action.CREATE && writtenIn.containsKey(id)) {
            return byId.getOrDefault(writtenIn.get(id), Map.of()).get(action);
        }
        var container = action == Action.DROP ? CatalogLookup.container(catalog, id) : null;
        return container == null ? null : byId.getOrDefault(container, Map.of()).get(action);
    }

    /** What an object needs, and what all need that goes with it. */
    private Set<ItemId> needsWithMembers(ItemId id) {
        var all = needs(from, id);
        for (var item : from.members(id.name())) {
            var member = item.id();
            var owner = member.kind() == ObjectKind.SEQUENCE_OWNER; // it holds nothing
            var alone = byId.getOrDefault(member, Map.of()).containsKey(Action.DROP);
            if (!owner && !alone && id.equals(CatalogLookup.container(from, member))) {
                all.addAll(from.needs(member));
            }
        }
        all.removeIf(
                needed -> id.equals(CatalogLookup.container(from, needed)) || id.equals(needed));
        return all;
    }

    /** What an object needs, and what those need who come and go inside its statement. */
    private Set<ItemId> needs(Catalog catalog, ItemId id) {
        var all = new HashSet<>(catalog.needs(id));
        var container = CatalogLookup.container(catalog, id);
        if (container != null) {
            all.add(container);
        }
        for (var member : inside.getOrDefault(id, List.of())) {
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
}
