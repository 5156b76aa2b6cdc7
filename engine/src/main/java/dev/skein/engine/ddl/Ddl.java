// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.ChangeNode.Action;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The statements that make one catalog into another one. What they really do is for a replay to
 * tell: they are a proposal, written from what two servers said of themselves.
 */
public final class Ddl {
    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;
    private final OnlineForms online;
    private final TableText tables;
    private final TypeSwap swap;
    private final Map<ItemId, ItemId> writtenIn = new HashMap<>();
    private final List<ChangeNode> nodes = new ArrayList<>();

    private Ddl(Catalog from, Catalog to, boolean gently) {
        this.from = DetachedTables.left(from, to);
        this.to = DetachedTables.joining(from, to);
        this.changes = ChangeSet.between(this.from, this.to, gently);
        var made = new HashSet<>(changes.create);
        this.online = new OnlineForms(this.from, this.to, gently, made);
        this.tables = new TableText(this.to, this.from);
        this.swap = new TypeSwap(this.from, this.to, changes, online.spare());
    }

    /**
     * The statements in their order; none where the two are equal.
     *
     * @param gently whether tables in use shall stay usable, at the cost of more revisions
     */
    public static List<DdlStatement> between(Catalog from, Catalog to, boolean gently) {
        return new Ddl(from, to, gently).statements();
    }

    /**
     * Whether there are statements from one catalog to another one as far as inheritance goes: what
     * a table has by itself cannot become what it only has from a parent.
     */
    public static boolean isReachable(Catalog from, Catalog to) {
        return DetachedTables.isReachable(from, to);
    }

    private List<DdlStatement> statements() {
        writtenIn();
        var drop = new DropStatements(from, online);
        for (var id : changes.drop) {
            if (changes.goesWithItsTable(id)) {
                nodes.add(new ChangeNode(Action.DROP, id, 0, List.of()));
            } else {
                add(Action.DROP, id, drop.of(CatalogLookup.known(from, id)));
            }
        }
        memberships();
        alterations();
        changes.renamed.forEach(
                (id, old) -> add(Action.ALTER, id, List.of(DdlStatement.of(rename(id, old)))));
        var create = new CreateStatements(to, online);
        changes.converted.forEach((id, old) -> convert(id, old, drop, create));
        for (var id : changes.create) {
            if (!writtenIn.containsKey(id)) {
                add(Action.CREATE, id, create.of(CatalogLookup.known(to, id)));
            }
        }
        for (var id : changes.swap) {
            add(Action.CREATE, id, swap.begin(id, create.of(CatalogLookup.known(to, id))));
            add(Action.RETIRE, id, List.of(swap.end(id)));
        }
        changes.parked.keySet().forEach(id -> add(Action.PARK, id, swap.park(id)));
        changes.defaults.forEach(this::defaultMakesWay);
        var all =
                new ArrayList<>(new ChangeOrder(from, to, nodes, writtenIn, changes).statements());
        for (var item : to.items().values()) {
            if (item.id().kind() == ObjectKind.TABLE) {
                var fresh = changes.create.contains(item.id()) || isIdentityMadeAnew(item);
                var before = fresh ? null : from.get(item.id());
                all.addAll(TableChange.identity(before, item));
            }
        }
        return all;
    }

    private void memberships() {
        for (var item : to.items().values()) {
            var id = item.id();
            var left = DetachedTables.parents(from, to, id);
            var joined = DetachedTables.parents(to, from, id);
            if (!left.isEmpty()) {
                add(Action.LEAVE, id, TableChange.leave(CatalogLookup.known(from, id), left));
            }
            if (!joined.isEmpty()) {
                add(Action.JOIN, id, TableChange.join(item, joined));
            }
        }
    }

    private void alterations() {
        var alter = new AlterStatements(from, online);
        for (var id : changes.alter) {
            if (!changes.retyped.contains(id)) {
                var statements =
                        InheritedColumns.isDeviation(id)
                                ? alter.deviation(id)
                                : alter.of(
                                        CatalogLookup.known(from, id), CatalogLookup.known(to, id));
                alter(id, Objects.requireNonNull(statements, "an alteration"));
            }
        }
        for (var id : changes.retyped) {
            if (!changes.drop.contains(id)) {
                alter(id, alter.retyped(swap.retyping(id), CatalogLookup.known(to, id)));
            }
        }
    }

    /** A sequence that takes the name of an identity's comes when that is gone. */
    private void alter(ItemId id, List<DdlStatement> statements) {
        var gone = statements.stream().filter(s -> s.sql().endsWith(" DROP IDENTITY")).toList();
        add(Action.DROP, id, gone);
        add(Action.ALTER, id, statements.stream().filter(s -> !gone.contains(s)).toList());
    }

    /** Whether the index that tells a table's rows apart for others is made anew. */
    private boolean isIdentityMadeAnew(CatalogItem table) {
        var identity = table.text(Attribute.REPLICA_IDENTITY);
        return changes.create.stream()
                .filter(id -> id.relation().equals(table.id().name()))
                .anyMatch(id -> identity.equals("index " + DdlWords.bare(id.name())));
    }

    private void convert(ItemId id, ItemId old, DropStatements drop, CreateStatements create) {
        var was = CatalogLookup.known(from, old);
        var is = CatalogLookup.known(to, id);
        var statements = new ArrayList<>(drop.of(was));
        statements.addAll(create.of(is));
        var gently = online.inUse(id.relation());
        add(Action.ALTER, id, gently ? new KeySwap(was, is).gently(online.spare()) : statements);
    }

    private static String rename(ItemId id, ItemId old) {
        return id.kind() == ObjectKind.INDEX
                ? "ALTER INDEX " + old.name() + " RENAME TO " + DdlWords.bare(id.name())
                : "ALTER TABLE "
                        + id.relation()
                        + " RENAME CONSTRAINT "
                        + old.name()
                        + " TO "
                        + id.name();
    }

    private void writtenIn() {
        for (var id : changes.create) {
            if (Set.of(ObjectKind.TABLE, ObjectKind.FOREIGN_TABLE, ObjectKind.COMPOSITE_TYPE)
                    .contains(id.kind())) {
                writtenIn(id);
            }
        }
        changes.swap.stream()
                .filter(id -> id.kind() == ObjectKind.COMPOSITE_TYPE)
                .forEach(this::writtenIn);
    }

    private void writtenIn(ItemId id) {
        for (CatalogItem member : tables.inline(CatalogLookup.known(to, id))) {
            writtenIn.put(member.id(), id);
        }
    }

    private void defaultMakesWay(ItemId id) {
        var alter = "ALTER TABLE " + id.relation() + " ALTER COLUMN " + id.name();
        add(Action.DROP, id, List.of(DdlStatement.of(alter + " DROP DEFAULT")));
        var after = to.get(id);
        var before = from.get(id);
        var same =
                before != null
                        && after != null
                        && before.text(Attribute.DEFAULT).equals(after.text(Attribute.DEFAULT));
        if (after != null
                && after.has(Attribute.DEFAULT)
                && (same || !changes.alter.contains(id))) {
            add(
                    Action.CREATE,
                    id,
                    List.of(
                            DdlStatement.of(
                                    alter + " SET DEFAULT " + after.text(Attribute.DEFAULT))));
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
}
