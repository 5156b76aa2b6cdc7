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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The parents that a table has in one catalog, and does not have so in the other one. */
    static List<String> parents(Catalog here, Catalog there, ItemId table) {
        var is = here.get(table);
        var other = there.get(table);
        if (table.kind() != ObjectKind.TABLE || is == null || other == null) {
            return List.of();
        }
        var parents = new ArrayList<>(TableChange.parents(is));
        if (Objects.equals(
                is.get(Attribute.PARTITION_BOUND), other.get(Attribute.PARTITION_BOUND))) {
            parents.removeAll(TableChange.parents(other));
        }
        return parents;
    }

    /** Whether no table of the first is to be a child that only inherits what it has by itself. */
    static boolean isReachable(Catalog from, Catalog to) {
        return from.items().keySet().stream()
                .filter(id -> id.kind() == ObjectKind.COLUMN || id.kind() == ObjectKind.CONSTRAINT)
                .filter(id -> to.get(id) == null)
                .noneMatch(id -> isOnlyInherited(to, id));
    }

    private static boolean isOnlyInherited(Catalog catalog, ItemId id) {
        var table = catalog.get(new ItemId(ObjectKind.TABLE, "", id.relation()));
        if (table == null || table.has(Attribute.PARTITION_BOUND)) {
            return false; // a partition has nothing by itself of what its table has
        }
        return id.kind() == ObjectKind.COLUMN
                ? InheritedColumns.origin(catalog, id.relation(), id.name()) != null
                : catalog.attached().stream().anyMatch(part -> part.id().equals(id));
    }

    /** These, and the parents of those. */
    static Set<String> ancestors(Catalog catalog, List<String> parents) {
        var all = new LinkedHashSet<String>();
        for (var parent : parents) {
            all.add(parent);
            all.addAll(ancestors(catalog, TableChange.parents(catalog, parent)));
        }
        return all;
    }

    private Catalog catalog() {
        for (var item : here.items().values()) {
            var parents = parents(here, there, item.id());
            if (!parents.isEmpty()) {
                columns(item.id().name(), parents);
            }
        }
        for (var part : here.attached()) {
            if (!part.own() && comesOrGoes(part)) {
                constraint(part);
            }
        }
        return own.isEmpty() ? here : here.with(own, needs, less);
    }

    private void columns(String table, List<String> parents) {
        var remaining = new ArrayList<>(TableChange.parents(here, table));
        remaining.removeAll(parents);
        for (var ancestor : ancestors(here, parents)) {
            for (var member : here.members(ancestor)) {
                var name = member.id().name();
                var id = new ItemId(ObjectKind.COLUMN, table, name);
                var inherited = member.id().kind() == ObjectKind.COLUMN && here.get(id) == null;
                if (inherited && remaining.stream().noneMatch(parent -> has(parent, name))) {
                    column(id, member.id());
                }
            }
        }
    }

    private boolean has(String table, String column) {
        return InheritedColumns.whole(here, table, column) != null;
    }

    private void column(ItemId id, ItemId origin) {
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
        var parents = parents(here, there, new ItemId(ObjectKind.TABLE, "", part.id().relation()));
        var remaining = new ArrayList<>(TableChange.parents(here, part.id().relation()));
        remaining.removeAll(parents);
        return !parents.isEmpty() && remaining.stream().noneMatch(parent -> has(parent, part));
    }

    private boolean has(String table, AttachedPart part) {
        return here.get(new ItemId(part.id().kind(), table, part.id().name())) != null
                || TableChange.parents(here, table).stream().anyMatch(up -> has(up, part));
    }

    private void constraint(AttachedPart part) {
        var definition = part.item().text(Attribute.DEFINITION);
        var before = there.get(part.id());
        if (!joins || definition.startsWith("CHECK ")) {
            own.put(part.id(), part.item());
        } else if (before != null && before.text(Attribute.DEFINITION).equals(definition)) {
            own.put(part.id(), before);
        }
    }
}
