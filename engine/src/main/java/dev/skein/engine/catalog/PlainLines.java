// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.catalog.PlainRows.Place;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lines of a fingerprint's text of rows as the catalogs hold them: the same as the files
 * in items/ say it to the server, of the kinds that are not rare.
 */
final class PlainLines {
    private static final Map<String, String> STORAGES =
            Map.of("p", "PLAIN", "e", "EXTERNAL", "m", "MAIN");

    private final PlainRows rows;
    private final List<FingerprintLine> lines = new ArrayList<>();
    private final Map<Place, String> columnNames = new HashMap<>();
    private final Map<Long, SortedMap<Integer, String>> viewColumns = new HashMap<>();

    private PlainLines(PlainRows rows) {
        this.rows = rows;
    }

    /** Whether rows hold nothing that only the server's own query can print. */
    static boolean areEnough(PlainRows rows) {
        return !rows.hasForeignSchemas()
                && rows.relations.values().stream()
                        .noneMatch(row -> "fp".contains(row.getString(2)) || row.getBoolean(7))
                && stream(rows.columns).noneMatch(row -> row.getBoolean(13))
                && stream(rows.functions).noneMatch(row -> row.getString(2).equals("a"));
    }

    /** Whether somebody has rights that are not as usual, so that they have to be asked after. */
    static boolean needGrants(PlainRows rows) {
        return rows.relations.values().stream().anyMatch(row -> row.getBoolean(10))
                || stream(rows.columns).anyMatch(row -> row.getBoolean(14))
                || stream(rows.functions).anyMatch(row -> row.getBoolean(6));
    }

    /** The lines. */
    static List<FingerprintLine> of(PlainRows rows) {
        var made = new PlainLines(rows);
        rows.schemas.forEach(made::schema);
        rows.columns.forEach(made::column);
        rows.relations.keySet().forEach(made::relation);
        rows.constraints.forEach(made::constraint);
        rows.indexes.forEach(made::index);
        rows.functions.forEach(made::function);
        return made.lines;
    }

    private static Stream<Row> stream(Iterable<Row> rows) {
        var all = new ArrayList<Row>();
        rows.forEach(all::add);
        return all.stream();
    }

    private void add(
            ObjectKind kind, String relation, String name, Place place, @Nullable String... own) {
        add(kind, relation, name, own, rows.comments.get(place), rows.grants.get(place));
    }

    private void add(
            ObjectKind kind,
            String relation,
            String name,
            @Nullable String[] own,
            @Nullable String comment,
            @Nullable String grants) {
        var attributes = new ArrayList<@Nullable String>(Arrays.asList(own));
        attributes.add(comment);
        attributes.add(grants);
        var key = List.of(kind.words(), relation, name);
        lines.add(new FingerprintLine(key, PrintedAttributes.of(kind, attributes)));
    }

    private void schema(Row row) {
        var said = rows.comments.get(Place.of("pg_namespace", row.getLong(0)));
        var comment = said == null ? row.getString(3) : said;
        add(ObjectKind.SCHEMA, "", row.getString(1), new String[0], comment, row.getString(2));
    }

    private void relation(long id) {
        var row = rows.relation(id);
        if (row == null) {
            return;
        }
        var place = Place.of("pg_class", id);
        var name = row.getString(1);
        switch (row.getString(2)) {
            case "v" -> view(ObjectKind.VIEW, row, place);
            case "m" -> view(ObjectKind.MATERIALIZED_VIEW, row, place);
            case "c" -> add(ObjectKind.COMPOSITE_TYPE, "", name, place);
            case "S" -> sequence(row, place);
            default -> table(row, place);
        }
    }

    private void view(ObjectKind kind, Row row, Place place) {
        var columns = viewColumns.get(place.object());
        var listed = columns == null ? null : String.join(", ", columns.values());
        var options = joined(options(row));
        add(kind, "", row.getString(1), place, row.getString(11), options, listed);
    }

    private void sequence(Row row, Place place) {
        var name = row.getString(1);
        var persistence = row.getString(3);
        var dependencies = rows.dependencies(place.object());
        var isIdentity = dependencies.stream().anyMatch(on -> on.how().equals("i"));
        if (!isIdentity) {
            var counter = Objects.requireNonNull(rows.sequences.get(place.object()), name);
            var type = counter.getString(1);
            add(ObjectKind.SEQUENCE, "", name, place, type, counter.getString(2), persistence);
        }
        for (var owner : dependencies) {
            if (owner.how().equals("a")) {
                var of = new Place("pg_class", place.object(), -1);
                add(ObjectKind.SEQUENCE_OWNER, name, "", of, columnName(owner.on()));
            }
        }
    }

    /** Of a table in a schema that is not read, nothing is known; then it is not the same text. */
    private String columnName(Place column) {
        var table = rows.relations.get(column.object());
        return (table == null ? "" : table.getString(1)) + "." + columnNames.get(column);
    }

    private void table(Row row, Place place) {
        var options = options(row).filter(option -> !option.startsWith("pg_"));
        add(
                ObjectKind.TABLE,
                "",
                row.getString(1),
                place,
                null,
                null,
                null,
                row.getString(3),
                row.getBoolean(4) ? "enabled" : null,
                row.getBoolean(5) ? "forced" : null,
                replicaIdentity(row),
                joined(options));
    }

    private @Nullable String replicaIdentity(Row row) {
        return switch (row.getString(6)) {
            case "d" -> null;
            case "f" -> "full";
            case "n" -> "nothing";
            default ->
                    stream(rows.indexes)
                            .filter(index -> index.getLong(1).equals(row.getLong(0)))
                            .filter(index -> index.getBoolean(6))
                            .map(index -> "index " + index.getString(3))
                            .findFirst()
                            .orElse(null);
        };
    }

    /** Those of a table's toast table belong to it. */
    private Stream<String> options(Row row) {
        var toast = rows.relations.get(row.getLong(8));
        var own = values(row.getArrayOfStrings(9));
        return toast == null
                ? own
                : Stream.concat(own, values(toast.getArrayOfStrings(9)).map(o -> "toast." + o));
    }

    private static Stream<String> values(String @Nullable [] values) {
        return values == null ? Stream.of() : Arrays.stream(values);
    }

    private static @Nullable String joined(Stream<String> options) {
        var all = options.sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "));
        return all.isEmpty() ? null : all;
    }

    private void column(Row row) {
        var relation = rows.relation(row.getLong(0));
        if (relation == null) {
            return;
        }
        var place = new Place("pg_class", row.getLong(0), row.getInteger(1));
        var kind = relation.getString(2);
        columnNames.put(place, row.getString(2));
        var isOfView = kind.equals("v") || kind.equals("m");
        if (isOfView) {
            viewColumns
                    .computeIfAbsent(place.object(), none -> new TreeMap<>())
                    .put(place.column(), row.getString(2) + " " + row.getString(3));
        }
        if (isOfView ? isChanged(row, place) : row.getBoolean(15)) {
            column(row, place, relation);
        }
    }

    private boolean isChanged(Row row, Place place) {
        var target = row.getInteger(11);
        return row.getBoolean(6)
                || row.getBoolean(14)
                || (target != null && target > 0)
                || rows.comments.containsKey(place);
    }

    private void column(Row row, Place place, Row relation) {
        var kind = relation.getString(2);
        var sequence = row.getString(7).isEmpty() ? null : rows.identity(place);
        var target = row.getInteger(11);
        var isGenerated = !row.getString(8).isEmpty();
        add(
                kind.equals("c") ? ObjectKind.ATTRIBUTE : ObjectKind.COLUMN,
                relation.getString(1),
                row.getString(2),
                place,
                kind.equals("v") ? null : row.getString(3),
                row.getString(4),
                row.getBoolean(5) ? "not null" : null,
                row.getBoolean(6) && !isGenerated ? rows.defaults.get(place) : null,
                identity(row.getString(7)),
                sequence == null ? null : sequence.getString(2),
                isGenerated ? generated(row, place) : null,
                storage(row.getString(9)),
                compression(row.getString(10)),
                target != null && target >= 0 ? target.toString() : null,
                joined(values(row.getArrayOfStrings(12)).filter(o -> o.startsWith("n_distinct"))),
                null);
    }

    private static @Nullable String identity(String how) {
        return switch (how) {
            case "a" -> "ALWAYS";
            case "d" -> "BY DEFAULT";
            default -> null;
        };
    }

    private String generated(Row row, Place place) {
        var how = row.getString(8).equals("s") ? " STORED" : " VIRTUAL";
        return "(" + rows.defaults.get(place) + ")" + how;
    }

    private static @Nullable String storage(@Nullable String how) {
        return how == null ? null : STORAGES.getOrDefault(how, "EXTENDED");
    }

    private static @Nullable String compression(String how) {
        return switch (how) {
            case "p" -> "pglz";
            case "l" -> "lz4";
            default -> null;
        };
    }

    private void constraint(Row row) {
        var relation = rows.relation(row.getLong(1));
        if (relation != null) {
            var place = Place.of("pg_constraint", row.getLong(0));
            var name = row.getString(2);
            add(ObjectKind.CONSTRAINT, relation.getString(1), name, place, row.getString(3));
        }
    }

    private void index(Row row) {
        var relation = rows.relation(row.getLong(1));
        var isKey =
                rows.dependencies(row.getLong(0)).stream()
                        .anyMatch(on ->
                                on.how().equals("i") && on.on().table().equals("pg_constraint"));
        var isValid = row.getBoolean(5);
        if (relation != null && !isKey && (isValid || !row.getBoolean(7))) {
            var place = Place.of("pg_class", row.getLong(0));
            var name = row.getString(2);
            var validity = isValid ? null : "invalid";
            add(ObjectKind.INDEX, relation.getString(1), name, place, row.getString(4), validity);
        }
    }

    private void function(Row row) {
        var kind = row.getString(2).equals("p") ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION;
        var place = Place.of("pg_proc", row.getLong(0));
        var name = row.getString(1);
        add(kind, "", name, place, row.getString(3), row.getString(4), row.getString(5));
    }
}
