// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds objects in a catalog, and what they belong to. */
public final class CatalogLookup {
    private static final List<ObjectKind> CONTAINERS =
            List.of(
                    ObjectKind.TABLE,
                    ObjectKind.FOREIGN_TABLE,
                    ObjectKind.VIEW,
                    ObjectKind.MATERIALIZED_VIEW,
                    ObjectKind.COMPOSITE_TYPE,
                    ObjectKind.DOMAIN,
                    ObjectKind.SEQUENCE);

    private CatalogLookup() {}

    /** What an object belongs to, in a catalog. */
    public static @Nullable ItemId container(Catalog catalog, ItemId id) {
        if (id.relation().isEmpty()) {
            return null;
        }
        if (id.kind() == ObjectKind.DEFAULT_PRIVILEGES) {
            return new ItemId(ObjectKind.SCHEMA, "", id.relation());
        }
        for (var kind : CONTAINERS) {
            var container = new ItemId(kind, "", id.relation());
            if (catalog.get(container) != null) {
                return container;
            }
        }
        return null;
    }

    /**
     * The item of a catalog that is known to be in it.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static CatalogItem known(Catalog catalog, ItemId id) {
        var item = catalog.get(id);
        if (item == null) {
            throw new IllegalArgumentException("no " + id);
        }
        return item;
    }
}
