// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that is done to make one catalog into another one, in no order yet. */
final class ChangeNodes {
    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;
    private final OnlineForms online;
    private final TypeSwap swap;
    private final DropStatements drop;
    private final CreateStatements create;
    private final AlterStatements alter;
    private final ColumnStatements columns;
    private final List<ChangeNode> nodes = new ArrayList<>();

    ChangeNodes(Catalog from, Catalog to, ChangeSet changes, OnlineForms online) {
        this.from = from;
        this.to = to;
        this.changes = changes;
        this.online = online;
        this.swap = new TypeSwap(from, to, changes, online.spare());
        this.drop = new DropStatements(from, online);
        this.create = new CreateStatements(to, online);
        this.alter = new AlterStatements(from, online);
        this.columns = new ColumnStatements(from, online);
    }

    /**
     * @param inline what is written inside the statement that makes another object
     */
    List<ChangeNode> collect(Set<ItemId> inline) {
        addDrops();
        addMemberships();
        addAlterations();
        changes.renamed.forEach(
                (id, old) -> add(Action.ALTER, id, List.of(RenamedParts.rename(id, old))));
        changes.converted.forEach(this::addConversion);
        for (var id : changes.create) {
            if (!inline.contains(id)) {
                add(Action.CREATE, id, create.of(known(to, id)));
            }
        }
        addSwaps();
        changes.defaults.forEach(this::addDefaultThatMakesWay);
        return nodes;
    }

    private void addDrops() {
        for (var id : changes.drop) {
            if (changes.goesWithItsTable(id)) {
                nodes.add(new ChangeNode(Action.DROP, id, 0, List.of()));
            } else {
                add(Action.DROP, id, drop.of(known(from, id)));
            }
        }
    }

    private void addMemberships() {
        for (var item : to.items().values()) {
            var id = item.id();
            var left = TableParents.onlyHere(from, to, id);
            var joined = TableParents.onlyHere(to, from, id);
            if (!left.isEmpty()) {
                add(Action.LEAVE, id, TableChange.leave(known(from, id), left));
            }
            if (!joined.isEmpty()) {
                add(Action.JOIN, id, TableChange.join(item, joined));
            }
        }
    }

    private void addAlterations() {
        for (var id : changes.alter) {
            if (!changes.retyped.contains(id)) {
                addAlteration(id, Objects.requireNonNull(altering(id), "an alteration"));
            }
        }
        for (var id : changes.retyped) {
            if (!changes.drop.contains(id)) {
                addAlteration(id, columns.retyped(swap.retyping(id), known(to, id)));
            }
        }
    }

    private @Nullable List<DdlStatement> altering(ItemId id) {
        return InheritedColumns.isDeviation(id)
                ? columns.deviation(id)
                : alter.of(known(from, id), known(to, id));
    }

    /** A sequence that takes the name of an identity's comes when that is gone. */
    private void addAlteration(ItemId id, List<DdlStatement> statements) {
        var gone = statements.stream().filter(s -> s.sql().endsWith(" DROP IDENTITY")).toList();
        add(Action.DROP, id, gone);
        add(Action.ALTER, id, statements.stream().filter(s -> !gone.contains(s)).toList());
    }

    private void addConversion(ItemId id, ItemId old) {
        var was = known(from, old);
        var is = known(to, id);
        var statements = new ArrayList<>(drop.of(was));
        statements.addAll(create.of(is));
        var gently = online.inUse(id.relation());
        add(Action.ALTER, id, gently ? new KeySwap(was, is).gently(online.spare()) : statements);
    }

    private void addSwaps() {
        for (var id : changes.swap) {
            add(Action.CREATE, id, swap.begin(id, create.of(known(to, id))));
            add(Action.RETIRE, id, List.of(swap.end(id)));
        }
        changes.parked.keySet().forEach(id -> add(Action.PARK, id, swap.park(id)));
    }

    private void addDefaultThatMakesWay(ItemId id) {
        var alter = "ALTER TABLE " + id.relation() + " ALTER COLUMN " + id.name();
        add(Action.DROP, id, List.of(DdlStatement.of(alter + " DROP DEFAULT")));
        var after = to.get(id);
        var before = from.get(id);
        var same =
                before != null
                        && after != null
                        && before.text(Attribute.DEFAULT).equals(after.text(Attribute.DEFAULT));
        var stays = same || !changes.alter.contains(id);
        if (after != null && after.has(Attribute.DEFAULT) && stays) {
            var set = alter + " SET DEFAULT " + after.text(Attribute.DEFAULT);
            add(Action.CREATE, id, List.of(DdlStatement.of(set)));
        }
    }

    private void add(Action action, ItemId id, List<DdlStatement> statements) {
        if (!statements.isEmpty()) {
            var column = id.kind() == ObjectKind.COLUMN || id.kind() == ObjectKind.ATTRIBUTE;
            var members = to.members(id.relation()).stream().map(CatalogItem::id).toList();
            int position = column && action == Action.CREATE ? members.indexOf(id) + 1 : 0;
            nodes.add(new ChangeNode(action, id, position, statements));
        }
    }

    private static CatalogItem known(Catalog catalog, ItemId id) {
        return CatalogLookup.known(catalog, id);
    }
}
