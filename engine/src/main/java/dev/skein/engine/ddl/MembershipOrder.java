// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;

/** What has to come before and behind a table's leaving or joining a parent. */
final class MembershipOrder {
    private final Catalog from;
    private final Catalog to;
    private final ChangeGraph graph;
    private final ObjectNeeds needs;

    MembershipOrder(Catalog from, Catalog to, ChangeGraph graph, ObjectNeeds needs) {
        this.from = from;
        this.to = to;
        this.graph = graph;
        this.needs = needs;
    }

    /**
     * Who needs a table lets go of it first; what it or its parent has changes when it has left.
     */
    void orderLeaving(ChangeNode node) {
        var table = node.id();
        var above = TableParents.ancestors(from, TableParents.onlyHere(from, to, table));
        for (var other : graph.nodes()) {
            var place = place(other.id());
            if (place.equals(table.name()) || above.contains(place)) {
                graph.after(other, node);
            } else if (other.action() == Action.DROP && from.needs(other.id()).contains(table)) {
                graph.after(node, other);
            }
        }
    }

    /** A table joins as it has to be, and then has what builds indexes for it, too. */
    void orderJoining(ChangeNode node) {
        var table = node.id();
        var above = TableParents.ancestors(to, TableParents.onlyHere(to, from, table));
        for (var other : graph.nodes()) {
            var place = place(other.id());
            var near = place.equals(table.name()) || above.contains(place);
            if (other.action() == Action.LEAVE && above.contains(place)) {
                continue;
            }
            if (near && !buildsIndex(other)) {
                graph.after(node, other);
            } else if (near || (other.action() == Action.CREATE && needsIt(other.id(), table))) {
                graph.after(other, node);
            }
        }
    }

    private boolean needsIt(ItemId id, ItemId table) {
        return needs.of(to, id).contains(table);
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
}
