// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.ObjectKind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables that others are partitions or children of, however many levels up. */
final class TableAncestors {
    private TableAncestors() {}

    /** Tables by their names, with all that they are parts of. */
    static Set<String> with(Catalog catalog, Collection<String> tables) {
        var all = new HashSet<>(tables);
        boolean grew;
        do {
            grew = all.addAll(parents(catalog, all));
        } while (grew);
        return all;
    }

    private static Set<String> parents(Catalog catalog, Set<String> tables) {
        var parents = new HashSet<String>();
        for (var item : catalog.items().values()) {
            if (item.id().kind() == ObjectKind.TABLE && tables.contains(item.id().name())) {
                parents.addAll(List.of(item.text(Attribute.PARENTS).split(", ")));
            }
        }
        return parents;
    }
}
