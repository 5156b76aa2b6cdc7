// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.AttachedPart;
import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.TableChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tables that leave a parent, or join one. Between the two such a table is one of its own: it has
 * left before it and its parent change, and it joins when both are as they are to be. So what it
 * has from its parent counts as its own on that side, and is compared as any table's is.
 */
final class DetachedTables {
    private static final Set<String> NEVER_INHERITED =
            Set.of(Attribute.IDENTITY, Attribute.IDENTITY_OPTIONS);

    private final Catalog here;
    private final Catalog there;
    private final boolean joins;
    private final Map<ItemId, CatalogItem> own = new HashMap<>();
    private final Map<ItemId, Set<ItemId>> needs = new HashMap<>();
    private final Set<ItemId> less = new HashSet<>();

    private DetachedTables(Catalog here, Catalog there, boolean joins) {
        this.here = here;
        this.there = there;
        this.joins = joins;
    }

    /** The first catalog with what tables keep that leave a parent, as theirs. */
    static Catalog left(Catalog from, Catalog to) {
        return new DetachedTables(from, to, false).catalog();
    }

    /** The second catalog with what tables must have that join a parent, as theirs still. */
    static Catalog joining(Catalog from, Catalog to) {
        return new DetachedTables(to, from, true).catalog();
    }

    private Catalog catalog() {
        for (var item : here.items().values()) {
            var parents = TableParents.onlyHere(here, there, item.id());
            if (!parents.isEmpty()) {
                ownColumns(item.id().name(), parents);
            }
        }
        for (var part : here.attached()) {
            if (!part.own() && comesOrGoes(part)) {
                ownConstraint(part);
            }
        }
        return own.isEmpty() ? here : here.with(own, needs, less);
    }

    private void ownColumns(String table, List<String> parents) {
        var remaining = new ArrayList<>(TableChange.parents(here, table));
        remaining.removeAll(parents);
        for (var ancestor : TableParents.ancestors(here, parents)) {
            for (var member : here.members(ancestor)) {
                var name = member.id().name();
                var id = new ItemId(ObjectKind.COLUMN, table, name);
                var inherited = member.id().kind() == ObjectKind.COLUMN && here.get(id) == null;
                if (inherited && remaining.stream().noneMatch(parent -> has(parent, name))) {
                    ownColumn(id, member.id());
                }
            }
        }
    }

    private boolean has(String table, String column) {
        return InheritedColumns.whole(here, table, column) != null;
    }

    private void ownColumn(ItemId id, ItemId origin) {
        var whole = InheritedColumns.whole(here, id.relation(), id.name());
        if (whole == null) {
            return;
        }
        var attributes = new HashMap<>(whole.attributes());
        attributes.keySet().removeAll(NEVER_INHERITED);
        own.put(id, new CatalogItem(id, attributes));
        var deviation = new ItemId(ObjectKind.INHERITED_COLUMN, id.relation(), id.name());
        less.add(deviation);
        var needed = new HashSet<>(here.needs(origin));
        needed.addAll(here.needs(deviation));
        needs.put(id, needed);
        letUsersNeed(id, origin);
    }

    /** Who needs a table and the column that it has from its parent needs the table's own. */
    private void letUsersNeed(ItemId id, ItemId origin) {
        var table = new ItemId(ObjectKind.TABLE, "", id.relation());
        for (var user : here.items().keySet()) {
            var all = needs.getOrDefault(user, here.needs(user));
            if (all.contains(table) && all.contains(origin)) {
                var more = new HashSet<>(all);
                more.add(id);
                needs.put(user, more);
            }
        }
    }

    private boolean comesOrGoes(AttachedPart part) {
        var parents =
                TableParents.onlyHere(
                        here, there, new ItemId(ObjectKind.TABLE, "", part.id().relation()));
        var remaining = new ArrayList<>(TableChange.parents(here, part.id().relation()));
        remaining.removeAll(parents);
        return !parents.isEmpty() && remaining.stream().noneMatch(parent -> has(parent, part));
    }

    private boolean has(String table, AttachedPart part) {
        return here.get(new ItemId(part.id().kind(), table, part.id().name())) != null
                || TableChange.parents(here, table).stream().anyMatch(up -> has(up, part));
    }

    private void ownConstraint(AttachedPart part) {
        var definition = part.item().text(Attribute.DEFINITION);
        var before = there.get(part.id());
        if (!joins || definition.startsWith("CHECK ")) {
            own.put(part.id(), part.item());
        } else if (before != null && before.text(Attribute.DEFINITION).equals(definition)) {
            own.put(part.id(), before);
        }
    }
}
