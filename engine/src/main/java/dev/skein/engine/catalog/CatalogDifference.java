// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object that two catalogs do not have alike.
 *
 * @param before as the first has it; null where only the second has it
 * @param after as the second has it; null where only the first has it
 */
public record CatalogDifference(
        ItemId id, @Nullable CatalogItem before, @Nullable CatalogItem after) {

    /** Every difference, in order. */
    public static List<CatalogDifference> between(Catalog first, Catalog second) {
        var ids = new TreeSet<>(first.items().keySet());
        ids.addAll(second.items().keySet());
        var found = new ArrayList<CatalogDifference>();
        for (var id : ids) {
            var before = first.get(id);
            var after = second.get(id);
            if (!Objects.equals(before, after)) {
                found.add(new CatalogDifference(id, before, after));
            }
        }
        return found;
    }

    /** The attributes in which the two differ; empty where one is missing altogether. */
    public Set<String> attributes() {
        var names = new TreeSet<String>();
        if (before != null && after != null) {
            for (var name : id.kind().attributes()) {
                if (!Objects.equals(before.get(name), after.get(name))) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
