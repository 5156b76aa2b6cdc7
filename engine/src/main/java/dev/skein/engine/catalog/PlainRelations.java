// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.catalog.PlainRows.PlainPlace;
import io.vertx.sqlclient.Row;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables, views and sequences, of {@link PlainRows}: the same as items/relation.sql. */
final class PlainRelations {
    private final PlainRows rows;
    private final PlainLines lines;
    private final PlainColumns columns;

    PlainRelations(PlainRows rows, PlainLines lines, PlainColumns columns) {
        this.rows = rows;
        this.lines = lines;
        this.columns = columns;
    }

    /** Adds all of them. */
    void add() {
        for (var row : rows.relations()) {
            var place = PlainPlace.of("pg_class", row.getLong("id"));
            switch (row.getString("kind")) {
                case "v" -> view(ObjectKind.VIEW, row, place);
                case "m" -> view(ObjectKind.MATERIALIZED_VIEW, row, place);
                case "c" -> lines.add(ObjectKind.COMPOSITE_TYPE, "", row.getString("name"), place);
                case "S" -> sequence(row, place);
                default -> table(row, place);
            }
        }
    }

    private void view(ObjectKind kind, Row row, PlainPlace place) {
        lines.add(
                kind,
                "",
                row.getString("name"),
                place,
                row.getString("definition"),
                PlainLines.joined(options(row)),
                columns.listed(place.object()));
    }

    private void table(Row row, PlainPlace place) {
        var options = options(row).filter(option -> !option.startsWith("pg_"));
        lines.add(
                ObjectKind.TABLE,
                "",
                row.getString("name"),
                place,
                null, // with partitions there are no such rows,
                null,
                null, // and with parents neither
                row.getString("persistence"),
                row.getBoolean("secured") ? "enabled" : null,
                row.getBoolean("forced") ? "forced" : null,
                replicaIdentity(row),
                PlainLines.joined(options));
    }

    private @Nullable String replicaIdentity(Row row) {
        return switch (row.getString("replident")) {
            case "d" -> null;
            case "f" -> "full";
            case "n" -> "nothing";
            default ->
                    rows.indexes().stream()
                            .filter(index -> index.getLong("relation").equals(row.getLong("id")))
                            .filter(index -> index.getBoolean("replident"))
                            .map(index -> "index " + index.getString("bare"))
                            .findFirst()
                            .orElse(null);
        };
    }

    /** Those of a table's toast table belong to it. */
    private Stream<String> options(Row row) {
        var toast = rows.anyRelation(row.getLong("toast"));
        var own = PlainLines.options(row);
        return toast == null
                ? own
                : Stream.concat(own, PlainLines.options(toast).map(option -> "toast." + option));
    }

    /** One behind an identity column is told by that. */
    private void sequence(Row row, PlainPlace place) {
        var name = row.getString("name");
        var dependencies = rows.dependencies(place.object());
        if (dependencies.stream().noneMatch(on -> on.how().equals("i"))) {
            var sequence = Objects.requireNonNull(rows.sequence(place.object()), name);
            lines.add(
                    ObjectKind.SEQUENCE,
                    "",
                    name,
                    place,
                    sequence.getString("type"),
                    sequence.getString("options"),
                    row.getString("persistence"));
        }
        var asOwned = new PlainPlace("pg_class", place.object(), -1);
        for (var owner : dependencies) {
            if (owner.how().equals("a")) {
                var column = columns.qualified(owner.on());
                lines.add(ObjectKind.SEQUENCE_OWNER, name, "", asOwned, column);
            }
        }
    }
}
