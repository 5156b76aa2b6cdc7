// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An object that two catalogs do not have alike.
 *
 * @param before its definition in the first; absent where only the second has it
 * @param after its definition in the second; absent where only the first has it
 */
public record CatalogDifference(
        String kind, String name, @Nullable String before, @Nullable String after) {

    /** Every difference, by kind and name. */
    public static List<CatalogDifference> between(Catalog first, Catalog second) {
        var before = index(first);
        var after = index(second);
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        var found = new ArrayList<CatalogDifference>();
        for (var key : keys) {
            var a = before.get(key);
            var b = after.get(key);
            if (!Objects.equals(a, b)) {
                int tab = key.indexOf('\t');
                found.add(
                        new CatalogDifference(key.substring(0, tab), key.substring(tab + 1), a, b));
            }
        }
        return found;
    }

    /** Grants and comments can share kind and name: their definitions stand together. */
    private static Map<String, String> index(Catalog catalog) {
        var index = new LinkedHashMap<String, String>();
        for (var item : catalog.items()) {
            index.merge(
                    item.kind() + "\t" + item.name(), item.definition(), (a, b) -> a + ", " + b);
        }
        return index;
    }
}
