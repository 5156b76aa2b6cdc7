// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.InheritedColumns;
import dev.skein.engine.ddl.text.TableChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The parents of tables, and what two catalogs say otherwise of them. */
final class TableParents {
    private TableParents() {}

    /** The parents that a table has in one catalog, and does not have so in the other one. */
    static List<String> onlyHere(Catalog here, Catalog there, ItemId table) {
        var is = here.get(table);
        var other = there.get(table);
        if (table.kind() != ObjectKind.TABLE || is == null || other == null) {
            return List.of();
        }
        var parents = new ArrayList<>(TableChange.parents(is));
        if (!is.differs(other, Attribute.PARTITION_BOUND)) {
            parents.removeAll(TableChange.parents(other));
        }
        return parents;
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
}
