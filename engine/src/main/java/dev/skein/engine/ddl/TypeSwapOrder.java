// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import java.util.Map;
import java.util.Set;

/** What has to come before and behind the steps of a type that takes another one's place. */
final class TypeSwapOrder {
    private final Catalog from;
    private final Catalog to;
    private final ChangeGraph graph;
    private final ObjectNeeds needs;
    private final Map<ItemId, Set<ItemId>> parked;

    /**
     * @param parked columns that wait as text, with the tables whose rows they hold
     */
    TypeSwapOrder(
            Catalog from,
            Catalog to,
            ChangeGraph graph,
            ObjectNeeds needs,
            Map<ItemId, Set<ItemId>> parked) {
        this.from = from;
        this.to = to;
        this.graph = graph;
        this.needs = needs;
        this.parked = parked;
    }

    /**
     * While a column waits as text, the table is rewritten whose rows it holds; these have the same
     * columns before and after it.
     */
    void orderParking(ChangeNode node) {
        var back = graph.find(node.id(), Action.ALTER, to);
        for (var other : graph.nodes()) {
            var table = new ItemId(ObjectKind.TABLE, "", other.id().relation());
            var column = other.id().kind() == ObjectKind.COLUMN;
            if (!column || !parked.getOrDefault(node.id(), Set.of()).contains(table)) {
                continue;
            }
            switch (other.action()) {
                case DROP -> graph.after(node, other);
                case CREATE -> graph.after(other, back);
                default -> {
                    graph.after(other, node);
                    graph.after(back, other);
                }
            }
        }
    }

    /** An old type goes when nothing is of it any more. */
    void orderRetirement(ChangeNode node) {
        var type = node.id();
        graph.after(node, graph.find(type, Action.CREATE, to));
        for (var other : graph.nodes()) {
            var id = other.id();
            var column = other.action() == Action.ALTER && from.needs(id).contains(type);
            var holds = other.action() == Action.RETIRE && needs.withMembers(id).contains(type);
            if (column || holds) {
                graph.after(node, other);
            }
            if (other.action() == Action.CREATE
                    && id.kind() == ObjectKind.ATTRIBUTE
                    && id.relation().equals(type.name())) {
                graph.after(other, node);
            }
        }
    }
}
