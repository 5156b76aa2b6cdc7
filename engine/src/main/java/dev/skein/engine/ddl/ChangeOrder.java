// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.DdlStatement;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final ChangeGraph graph;
    private final ObjectNeeds needs;
    private final MembershipOrder memberships;
    private final TypeSwapOrder swaps;

    /** Objects that take another one's place: new to old. */
    private final Map<ItemId, ItemId> replaced;

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
        this.from = from;
        this.to = to;
        this.replaced = changes.converted;
        this.owners = ReservedNames.owners(from);
        this.graph = new ChangeGraph(from, nodes, writtenIn);
        this.needs = new ObjectNeeds(from, writtenIn, graph);
        this.memberships = new MembershipOrder(from, to, graph, needs);
        this.swaps = new TypeSwapOrder(from, to, graph, needs, changes.parked);
    }

    List<DdlStatement> statements() {
        graph.nodes().forEach(this::order);
        return graph.inOrder().stream().flatMap(node -> node.statements().stream()).toList();
    }

    private void order(ChangeNode node) {
        switch (node.action()) {
            case DROP -> orderDrop(node);
            case LEAVE -> memberships.orderLeaving(node);
            case JOIN -> memberships.orderJoining(node);
            case PARK -> swaps.orderParking(node);
            case ALTER -> orderAlteration(node);
            case RETIRE -> swaps.orderRetirement(node);
            case CREATE -> orderCreation(node);
        }
    }

    private void orderDrop(ChangeNode node) {
        var id = node.id();
        for (var needed : needs.withMembers(id)) {
            graph.after(graph.find(needed, Action.DROP, from), node);
            graph.after(graph.find(needed, Action.PARK, from), node);
            graph.after(graph.find(needed, Action.ALTER, from), node);
            var remade = graph.find(needed, Action.CREATE, from);
            if (remade != null && graph.find(needed, Action.DROP, from) == null) {
                graph.after(remade, node);
            }
        }
        graph.after(graph.find(id, Action.CREATE, to), node);
    }

    private void orderCreation(ChangeNode node) {
        var id = node.id();
        afterWhatItNeeds(node, needs.of(to, id));
        for (var member : needs.inside(id)) {
            whoHadTheName(node, member);
        }
        whoHadTheName(node, id);
        behindTheTables(node);
    }

    private void orderAlteration(ChangeNode node) {
        var id = node.id();
        var now = needs.of(to, id);
        for (var needed : needs.of(from, replaced.getOrDefault(id, id))) {
            if (!now.contains(needed)) {
                graph.after(graph.find(needed, Action.DROP, from), node);
                if (id.kind() == ObjectKind.CONSTRAINT
                        || replaced.containsKey(id)) { // it may be nullable only then
                    graph.after(graph.own(needed, Action.ALTER), node);
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
            graph.after(node, graph.find(table.id(), Action.JOIN, to));
            var parent = table.text(Attribute.PARENTS);
            for (var member : to.members(parent)) {
                var index = member.id().kind() == ObjectKind.INDEX;
                graph.after(node, index ? graph.find(member.id(), Action.CREATE, to) : null);
            }
            table = to.get(new ItemId(ObjectKind.TABLE, "", parent));
        }
    }

    /** A name is free when what had it is gone, of whatever kind it was and of whatever table. */
    private void whoHadTheName(ChangeNode node, ItemId id) {
        for (var name : ReservedNames.of(to, id)) {
            for (var owner : owners.getOrDefault(name, Set.of())) {
                if (!owner.equals(id) && !isLetGoOf(owner)) {
                    graph.after(node, graph.find(owner, Action.DROP, from));
                }
            }
        }
    }

    /** Whether what is altered may need the new one of a name before it lets go of the old one. */
    private boolean isLetGoOf(ItemId routine) {
        return ROUTINES.contains(routine.kind())
                && graph.altered().anyMatch(id -> from.needs(id).contains(routine));
    }

    private void afterWhatItNeeds(ChangeNode node, Set<ItemId> all) {
        for (var needed : all) {
            graph.after(node, graph.find(needed, Action.CREATE, to));
            graph.after(node, graph.find(needed, Action.ALTER, to));
            if (needed.kind() == ObjectKind.DOMAIN && HOLD_DOMAINS.contains(node.id().kind())) {
                for (var check : to.members(needed.name())) {
                    graph.after(node, graph.find(check.id(), Action.CREATE, to));
                }
            }
        }
    }
}
