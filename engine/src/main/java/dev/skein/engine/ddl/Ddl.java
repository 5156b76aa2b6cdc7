// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.TableChange;
import dev.skein.engine.ddl.text.TableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The statements that make one catalog into another one. What they really do is for a replay to
 * tell: they are a proposal, written from what two servers said of themselves.
 */
public final class Ddl {
    private static final Set<ObjectKind> HOLD_PARTS =
            Set.of(ObjectKind.TABLE, ObjectKind.FOREIGN_TABLE, ObjectKind.COMPOSITE_TYPE);

    private final Catalog from;
    private final Catalog to;
    private final ChangeSet changes;
    private final OnlineForms online;
    private final TableText tables;

    private Ddl(Catalog from, Catalog to, boolean gently) {
        this.from = DetachedTables.left(from, to);
        this.to = DetachedTables.joining(from, to);
        this.changes = ChangeSet.between(this.from, this.to, gently);
        var made = new HashSet<>(changes.create);
        this.online = new OnlineForms(this.from, this.to, gently, made);
        this.tables = new TableText(this.to, this.from);
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
        return TableParents.isReachable(from, to);
    }

    private List<DdlStatement> statements() {
        var writtenIn = writtenIn();
        var nodes = new ChangeNodes(from, to, changes, online).collect(writtenIn.keySet());
        var all =
                new ArrayList<>(new ChangeOrder(from, to, nodes, writtenIn, changes).statements());
        all.addAll(identities());
        return all;
    }

    /** What is written inside the statement that makes another object. */
    private Map<ItemId, ItemId> writtenIn() {
        var writtenIn = new HashMap<ItemId, ItemId>();
        var whole =
                Stream.concat(
                        changes.create.stream().filter(id -> HOLD_PARTS.contains(id.kind())),
                        changes.swap.stream().filter(id -> id.kind() == ObjectKind.COMPOSITE_TYPE));
        whole.forEach(id ->
                tables.inline(CatalogLookup.known(to, id))
                        .forEach(member -> writtenIn.put(member.id(), id)));
        return writtenIn;
    }

    /** By what others tell tables' rows apart, once it is there. */
    private List<DdlStatement> identities() {
        var statements = new ArrayList<DdlStatement>();
        for (var item : to.items().values()) {
            if (item.id().kind() == ObjectKind.TABLE) {
                var fresh = changes.create.contains(item.id()) || isIdentityMadeAnew(item);
                var before = fresh ? null : from.get(item.id());
                statements.addAll(TableChange.identity(before, item));
            }
        }
        return statements;
    }

    /** Whether the index that tells a table's rows apart for others is made anew. */
    private boolean isIdentityMadeAnew(CatalogItem table) {
        var identity = table.text(Attribute.REPLICA_IDENTITY);
        return changes.create.stream()
                .filter(id -> id.relation().equals(table.id().name()))
                .anyMatch(id -> identity.equals("index " + DdlWords.bare(id.name())));
    }
}
