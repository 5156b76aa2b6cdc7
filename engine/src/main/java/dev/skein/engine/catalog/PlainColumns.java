// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.catalog.PlainRows.PlainPlace;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns, of {@link PlainRows}: the same as items/column.sql. */
final class PlainColumns {
    private static final Map<String, String> IDENTITIES = Map.of("a", "ALWAYS", "d", "BY DEFAULT");
    private static final Map<String, String> COMPRESSIONS = Map.of("p", "pglz", "l", "lz4");
    private static final Map<String, String> STORAGES =
            Map.of("p", "PLAIN", "e", "EXTERNAL", "m", "MAIN");

    private final PlainRows rows;
    private final PlainLines lines;
    private final Map<PlainPlace, String> names = new HashMap<>();
    private final Map<Long, SortedMap<Integer, String>> ofViews = new HashMap<>();

    /** Adds all of them. */
    PlainColumns(PlainRows rows, PlainLines lines) {
        this.rows = rows;
        this.lines = lines;
        for (var row : rows.columns()) {
            var relation = rows.relation(row.getLong("relation"));
            if (relation != null) {
                add(row, relation);
            }
        }
    }

    /** A column with its relation; of one that is not read, no column has such a name. */
    String qualified(PlainPlace column) {
        var table = rows.anyRelation(column.object());
        return (table == null ? "" : table.getString("name")) + "." + names.get(column);
    }

    /** A view's columns and their types, as one text; null where it has none. */
    @Nullable String listed(long view) {
        var columns = ofViews.get(view);
        return columns == null ? null : String.join(", ", columns.values());
    }

    private void add(Row row, Row relation) {
        var place = PlainRows.column(row);
        var kind = relation.getString("kind");
        names.put(place, row.getString("name"));
        var isOfView = kind.equals("v") || kind.equals("m");
        if (isOfView) {
            ofViews.computeIfAbsent(place.object(), none -> new TreeMap<>())
                    .put(place.column(), row.getString("name") + " " + row.getString("type"));
        }
        if (isOfView ? isChanged(row, place) : row.getBoolean("local")) {
            add(row, place, relation);
        }
    }

    /** Whether a view's column is anything besides what the view makes it. */
    private boolean isChanged(Row row, PlainPlace place) {
        var target = row.getInteger("target");
        return row.getBoolean("hasdefault")
                || row.getBoolean("granted")
                || (target != null && target > 0)
                || rows.comment(place) != null;
    }

    private void add(Row row, PlainPlace place, Row relation) {
        var kind = relation.getString("kind");
        var identity = row.getString("identity");
        var sequence = identity.isEmpty() ? null : rows.identity(place);
        var isGenerated = !row.getString("generated").isEmpty();
        var isDefault = row.getBoolean("hasdefault") && !isGenerated;
        var options = PlainLines.options(row).filter(option -> option.startsWith("n_distinct"));
        lines.add(
                kind.equals("c") ? ObjectKind.ATTRIBUTE : ObjectKind.COLUMN,
                relation.getString("name"),
                row.getString("name"),
                place,
                kind.equals("v") ? null : row.getString("type"),
                row.getString("collation"),
                row.getBoolean("notnull") ? "not null" : null,
                isDefault ? rows.expression(place) : null,
                IDENTITIES.get(identity),
                sequence == null ? null : sequence.getString("options"),
                isGenerated ? generated(row, place) : null,
                storage(row),
                COMPRESSIONS.get(row.getString("compression")),
                target(row),
                PlainLines.joined(options),
                null);
    }

    private String generated(Row row, PlainPlace place) {
        var how = row.getString("generated").equals("s") ? " STORED" : " VIRTUAL";
        return "(" + rows.expression(place) + ")" + how;
    }

    private static @Nullable String storage(Row row) {
        var how = row.getString("storage");
        return how == null ? null : STORAGES.getOrDefault(how, "EXTENDED");
    }

    private static @Nullable String target(Row row) {
        var target = row.getInteger("target");
        return target != null && target >= 0 ? target.toString() : null;
    }
}
