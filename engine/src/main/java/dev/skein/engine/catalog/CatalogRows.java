// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a catalog of the rows that a server answers. */
final class CatalogRows {
    private static final String CURRENT_USER = "CURRENT_USER ";

    private final boolean named;
    private final SortedMap<ItemId, CatalogItem> items = new TreeMap<>();
    private final Map<ItemId, Integer> positions = new HashMap<>();
    private final Map<CatalogPlace, ItemId> places = new HashMap<>();
    private final List<FingerprintLine> lines = new ArrayList<>();

    /**
     * @param list the items
     * @param named whether who reads stands in it by name
     */
    CatalogRows(RowSet<Row> list, boolean named) {
        this.named = named;
        list.forEach(this::take);
    }

    private void take(Row row) {
        lines.add(FingerprintLine.of(row));
        var item = item(row);
        items.put(item.id(), item);
        positions.put(item.id(), row.getInteger(5));
        places.put(new CatalogPlace(row.getLong(3), row.getLong(4), row.getInteger(5)), item.id());
    }

    private CatalogItem item(Row row) {
        var item = FingerprintLine.of(row).item();
        var id = item.id();
        var own = row.getString(7) + " ";
        if (!named && id.kind() == ObjectKind.DEFAULT_PRIVILEGES && id.name().startsWith(own)) {
            var name = CURRENT_USER + id.name().substring(own.length());
            return new CatalogItem(new ItemId(id.kind(), id.relation(), name), item.attributes());
        }
        return item;
    }

    /**
     * The catalog.
     *
     * @param needs what needs what; null where nobody asked
     */
    Catalog catalog(int major, @Nullable Map<ItemId, Set<ItemId>> needs, List<AttachedPart> parts) {
        var identities = new HashMap<ItemId, String>();
        places.forEach((place, id) -> identities.put(id, place.toString()));
        var fingerprint = FingerprintLine.fingerprint(lines, major);
        return new Catalog(fingerprint, items, positions, identities, needs, parts);
    }

    /** What needs what among the items. */
    Map<ItemId, Set<ItemId>> needs(RowSet<Row> rows) {
        var graph = new HashMap<ItemId, Set<ItemId>>();
        rows.forEach(row -> need(row, graph));
        return graph;
    }

    private void need(Row row, Map<ItemId, Set<ItemId>> graph) {
        var from = CatalogPlace.needing(row, places);
        var to = CatalogPlace.find(row, 3, places);
        if (from != null && to != null && !from.equals(to)) {
            graph.computeIfAbsent(from, id -> new HashSet<>()).add(to);
        }
    }

    /** What is attached. */
    static List<AttachedPart> parts(RowSet<Row> rows) {
        var parts = new ArrayList<AttachedPart>();
        for (var row : rows) {
            var id =
                    new ItemId(ObjectKind.of(row.getString(0)), row.getString(1), row.getString(2));
            var item = new CatalogItem(id, Map.of(Attribute.DEFINITION, row.getString(3)));
            parts.add(new AttachedPart(item, row.getString(4), row.getBoolean(5)));
        }
        return parts;
    }

    /** Where an object is in the server's catalogs; never leaves this class. */
    private record CatalogPlace(long table, long object, int column) {
        /** What needs something: for an inherited column that is no item, the one it comes from. */
        static @Nullable ItemId needing(Row row, Map<CatalogPlace, ItemId> places) {
            long origin = row.getLong(6);
            var exact =
                    places.get(new CatalogPlace(row.getLong(0), row.getLong(1), row.getInteger(2)));
            return exact == null && origin != 0
                    ? places.get(new CatalogPlace(row.getLong(0), origin, row.getInteger(7)))
                    : find(row, 0, places);
        }

        /** The object with this column; else, where it is no item of its own, the whole object. */
        static @Nullable ItemId find(Row row, int at, Map<CatalogPlace, ItemId> places) {
            long table = row.getLong(at);
            long object = row.getLong(at + 1);
            var exact = places.get(new CatalogPlace(table, object, row.getInteger(at + 2)));
            return exact == null ? places.get(new CatalogPlace(table, object, 0)) : exact;
        }
    }
}
