// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.ClassResources;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogs hold of the kinds that every database has, as rows.sql asks for it: one answer
 * for each of its statements.
 */
final class PlainRows {
    private static final String SQL = ClassResources.text(PlainRows.class, "rows.sql");
    private static final String GRANTS = ClassResources.text(PlainRows.class, "grants.sql");

    /** Where an object, or a column of a relation, is in the server's catalogs. */
    record Place(String table, long object, int column) {
        static Place of(String table, long object) {
            return new Place(table, object, 0);
        }
    }

    /** What depends on something, and how. */
    record Dependency(Place on, String how) {}

    final RowSet<Row> schemas;
    final RowSet<Row> columns;
    final RowSet<Row> constraints;
    final RowSet<Row> indexes;
    final RowSet<Row> functions;
    final Map<Long, Row> relations = new HashMap<>();
    final Map<Long, Row> sequences = new HashMap<>();
    final Map<Place, String> defaults = new HashMap<>();
    final Map<Place, String> comments = new HashMap<>();
    final Map<Place, String> grants = new HashMap<>();
    private final Map<Place, List<Dependency>> dependencies = new HashMap<>();
    private final Map<Place, Long> identities = new HashMap<>();
    private final Set<Place> members = new HashSet<>();

    /**
     * Reads the answers.
     *
     * @param first the first of them; the others follow it
     */
    PlainRows(RowSet<Row> first) {
        schemas = first;
        var depends = next(first);
        depends.forEach(this::depend);
        var classes = next(depends);
        classes.forEach(row -> relations.put(row.getLong(0), row));
        columns = next(classes);
        var expressions = next(columns);
        expressions.forEach(row -> {
            var column = new Place("pg_class", row.getLong(0), row.getInteger(1));
            defaults.put(column, row.getString(2));
        });
        var counters = next(expressions);
        counters.forEach(row -> sequences.put(row.getLong(0), row));
        constraints = next(counters);
        indexes = next(constraints);
        functions = next(indexes);
        next(functions).forEach(row -> comments.put(place(row), row.getString(3)));
    }

    private static RowSet<Row> next(RowSet<Row> rows) {
        return Objects.requireNonNull(rows.next(), "as many answers as statements");
    }

    /** The statements, as one message. */
    static String sql(int major) {
        return CatalogPlaceholders.database(SQL, major, false);
    }

    /** The statement for {@link #grant}. */
    static String grants() {
        return GRANTS;
    }

    /** Who may do what, of objects where that is not as usual. */
    void grant(RowSet<Row> rows) {
        for (var row : rows) {
            var what = row.getString(3);
            if (what != null) {
                grants.put(place(row), what);
            }
        }
    }

    private static Place place(Row row) {
        return new Place(row.getString(0), row.getLong(1), row.getInteger(2));
    }

    private void depend(Row row) {
        var what = Place.of(row.getString(0), row.getLong(1));
        var on = new Place(row.getString(2), row.getLong(3), row.getInteger(4));
        var how = row.getString(5);
        if (how.equals("e")) {
            members.add(what);
        }
        if (how.equals("i") && on.table().equals("pg_class") && on.column() > 0) {
            identities.put(on, what.object());
        }
        dependencies.computeIfAbsent(what, none -> new ArrayList<>()).add(new Dependency(on, how));
    }

    /** Whether an extension brought a schema along, and so all that is in it. */
    boolean hasForeignSchemas() {
        return members.stream().anyMatch(place -> place.table().equals("pg_namespace"));
    }

    /** A relation that is the database's own; null for an extension's, or another one. */
    @Nullable Row relation(long id) {
        var row = relations.get(id);
        var isOwn = row != null && !row.getString(2).equals("t");
        return isOwn && !members.contains(Place.of("pg_class", id)) ? row : null;
    }

    /** What a relation depends on. */
    List<Dependency> dependencies(long relation) {
        return dependencies.getOrDefault(Place.of("pg_class", relation), List.of());
    }

    /** The sequence behind an identity column; null where there is none. */
    @Nullable Row identity(Place column) {
        var id = identities.get(column);
        return id == null ? null : sequences.get(id);
    }
}
