// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns as their tables have them, also where a catalog has only what a parent's are not. */
public final class InheritedColumns {
    private static final List<String> OWN = ObjectKind.INHERITED_COLUMN.attributes();
    private static final Map<String, String> UNSET =
            Map.of(
                    Attribute.NOT_NULL,
                    "null",
                    Attribute.DEFAULT,
                    "none",
                    Attribute.STATISTICS,
                    "-1");

    private InheritedColumns() {}

    /** Whether an item is no object, but in what an object is not as its parent's. */
    public static boolean isDeviation(ItemId id) {
        return id.kind() == ObjectKind.INHERITED_COLUMN || id.kind() == ObjectKind.PARTITION;
    }

    /** The table's own column that an inherited one comes from, or null where there is none. */
    public static @Nullable ItemId origin(Catalog catalog, String table, String column) {
        for (var parent : TableChange.parents(catalog, table)) {
            var own = new ItemId(ObjectKind.COLUMN, parent, column);
            var origin = catalog.get(own) != null ? own : origin(catalog, parent, column);
            if (origin != null) {
                return origin;
            }
        }
        return null;
    }

    /** A column with all that it has, or null where its table has none of that name. */
    public static @Nullable CatalogItem whole(Catalog catalog, String table, String column) {
        var id = new ItemId(ObjectKind.COLUMN, table, column);
        var own = catalog.get(id);
        var inherited = own == null ? inherited(catalog, table, column) : null;
        if (inherited == null) {
            return own;
        }
        var attributes = new HashMap<>(inherited.attributes());
        attributes.keySet().removeAll(List.of(ObjectKind.COMMENT, ObjectKind.GRANTS));
        var deviation = catalog.get(new ItemId(ObjectKind.INHERITED_COLUMN, table, column));
        if (deviation != null) {
            attributes.putAll(deviation.attributes());
        }
        UNSET.forEach((name, value) -> attributes.remove(name, value));
        return new CatalogItem(id, attributes);
    }

    private static @Nullable CatalogItem inherited(Catalog catalog, String table, String column) {
        for (var parent : TableChange.parents(catalog, table)) {
            var found = whole(catalog, parent, column);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** What a column is before its own statements, when those about its parent have run. */
    public static @Nullable CatalogItem before(
            Catalog from, Catalog to, ItemId id, CatalogItem after) {
        var was = whole(from, id.relation(), id.name());
        if (was != null && from.get(was.id()) != null) {
            return sameType(was, after);
        }
        var attributes = new HashMap<>(after.attributes());
        var parent = inherited(to, id.relation(), id.name());
        var deviates = to.get(new ItemId(ObjectKind.INHERITED_COLUMN, id.relation(), id.name()));
        var deviated = from.get(new ItemId(ObjectKind.INHERITED_COLUMN, id.relation(), id.name()));
        for (var name : OWN) {
            if (deviates != null && deviates.has(name) && parent != null) {
                put(attributes, name, parent.get(name));
            } else if (deviated != null && deviated.has(name) && was != null) {
                put(attributes, name, was.get(name));
            } else if (parent == null && was != null) {
                put(attributes, name, was.get(name));
            }
        }
        return new CatalogItem(after.id(), attributes);
    }

    private static CatalogItem sameType(CatalogItem was, CatalogItem after) {
        var attributes = new HashMap<>(after.attributes());
        OWN.forEach(name -> put(attributes, name, was.get(name)));
        return new CatalogItem(after.id(), attributes);
    }

    private static void put(Map<String, String> map, String name, @Nullable String value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }
}
