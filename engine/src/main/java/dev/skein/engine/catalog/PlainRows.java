// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.ClassResources;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    record PlainPlace(String table, long object, int column) {
        static PlainPlace of(String table, long object) {
            return new PlainPlace(table, object, 0);
        }
    }

    /** What something depends on, and how. */
    record Dependency(PlainPlace on, String how) {}

    private final List<Row> schemas;
    private final Map<Long, Row> relations = new LinkedHashMap<>();
    private final List<Row> columns;
    private final Map<PlainPlace, String> expressions = new HashMap<>();
    private final Map<Long, Row> sequences = new HashMap<>();
    private final List<Row> constraints;
    private final List<Row> indexes;
    private final List<Row> functions;
    private final Map<PlainPlace, String> comments = new HashMap<>();
    private final Map<PlainPlace, String> grants = new HashMap<>();
    private final Map<PlainPlace, List<Dependency>> dependencies = new HashMap<>();
    private final Map<PlainPlace, Long> identities = new HashMap<>();
    private final Set<PlainPlace> members = new HashSet<>();
    private @Nullable RowSet<Row> answer;

    /**
     * Reads the answers.
     *
     * @param first the first of them; the others follow it
     */
    PlainRows(RowSet<Row> first) {
        answer = first;
        schemas = next();
        next().forEach(this::depend);
        next().forEach(row -> relations.put(row.getLong("id"), row));
        columns = next();
        next().forEach(row -> expressions.put(column(row), row.getString("expression")));
        next().forEach(row -> sequences.put(row.getLong("id"), row));
        constraints = next();
        indexes = next();
        functions = next();
        next().forEach(row -> comments.put(place(row), row.getString("said")));
    }

    private List<Row> next() {
        var rows = Objects.requireNonNull(answer, "as many answers as statements");
        answer = rows.next();
        var all = new ArrayList<Row>(rows.size());
        rows.forEach(all::add);
        return all;
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
            var what = row.getString("said");
            if (what != null) {
                grants.put(place(row), what);
            }
        }
    }

    /** The column that a row is about. */
    static PlainPlace column(Row row) {
        return new PlainPlace("pg_class", row.getLong("relation"), row.getInteger("num"));
    }

    private static PlainPlace place(Row row) {
        return new PlainPlace(row.getString("class"), row.getLong("id"), row.getInteger("sub"));
    }

    private void depend(Row row) {
        var what = PlainPlace.of(row.getString("class"), row.getLong("id"));
        var on =
                new PlainPlace(
                        row.getString("onclass"), row.getLong("onid"), row.getInteger("onsub"));
        var how = row.getString("how");
        if (how.equals("e")) {
            members.add(what);
        }
        if (how.equals("i") && on.table().equals("pg_class") && on.column() > 0) {
            identities.put(on, what.object());
        }
        dependencies.computeIfAbsent(what, none -> new ArrayList<>()).add(new Dependency(on, how));
    }

    /** Whether they hold nothing that only the server's own query can print. */
    boolean areEnough() {
        return members.stream().noneMatch(place -> place.table().equals("pg_namespace"))
                && relations.values().stream()
                        .noneMatch(row ->
                                "fp".contains(row.getString("kind")) || row.getBoolean("part"))
                && columns.stream().noneMatch(row -> row.getBoolean("foreignly"))
                && functions.stream().noneMatch(row -> row.getString("kind").equals("a"));
    }

    /** Whether somebody has rights that are not as usual, so that they have to be asked after. */
    boolean needGrants() {
        return relations.values().stream().anyMatch(row -> row.getBoolean("granted"))
                || columns.stream().anyMatch(row -> row.getBoolean("granted"))
                || functions.stream().anyMatch(row -> row.getBoolean("granted"));
    }

    List<Row> schemas() {
        return schemas;
    }

    List<Row> columns() {
        return columns;
    }

    List<Row> constraints() {
        return constraints;
    }

    List<Row> indexes() {
        return indexes;
    }

    List<Row> functions() {
        return functions;
    }

    /** The database's own relations, but indexes and an extension's. */
    List<Row> relations() {
        return relations.values().stream().filter(this::isOwn).toList();
    }

    /** One of them; null where it is none. */
    @Nullable Row relation(long id) {
        var row = relations.get(id);
        return row != null && isOwn(row) ? row : null;
    }

    private boolean isOwn(Row row) {
        return !row.getString("kind").equals("t")
                && !members.contains(PlainPlace.of("pg_class", row.getLong("id")));
    }

    /** Any relation, whosever it is. */
    @Nullable Row anyRelation(long id) {
        return relations.get(id);
    }

    /** A column's default, or what it is generated by. */
    @Nullable String expression(PlainPlace column) {
        return expressions.get(column);
    }

    @Nullable String comment(PlainPlace of) {
        return comments.get(of);
    }

    /** Who may do what, where that is not as usual. */
    @Nullable String grants(PlainPlace of) {
        return grants.get(of);
    }

    /** What a relation depends on. */
    List<Dependency> dependencies(long relation) {
        return dependencies.getOrDefault(PlainPlace.of("pg_class", relation), List.of());
    }

    @Nullable Row sequence(long id) {
        return sequences.get(id);
    }

    /** The sequence behind an identity column; null where there is none. */
    @Nullable Row identity(PlainPlace column) {
        var id = identities.get(column);
        return id == null ? null : sequences.get(id);
    }
}
