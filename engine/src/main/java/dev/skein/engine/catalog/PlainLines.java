// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.catalog.PlainRows.PlainPlace;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the lines of a fingerprint's text of rows as the catalogs hold them: the same as the files
 * in items/ say it to the server, of the kinds that are not rare.
 */
final class PlainLines {
    private final PlainRows rows;
    private final List<FingerprintLine> lines = new ArrayList<>();

    private PlainLines(PlainRows rows) {
        this.rows = rows;
    }

    /** The lines. */
    static List<FingerprintLine> of(PlainRows rows) {
        var made = new PlainLines(rows);
        rows.schemas().forEach(made::schema);
        var columns = new PlainColumns(rows, made);
        new PlainRelations(rows, made, columns).add();
        rows.constraints().forEach(made::constraint);
        rows.indexes().forEach(made::index);
        rows.functions().forEach(made::function);
        return made.lines;
    }

    /**
     * Adds an object's line.
     *
     * @param own its attributes, but comment and grants
     */
    void add(
            ObjectKind kind,
            String relation,
            String name,
            PlainPlace place,
            @Nullable String... own) {
        add(kind, relation, name, own, rows.comment(place), rows.grants(place));
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

    /** Options in one text; null for none. */
    static @Nullable String joined(Stream<String> options) {
        var all = options.sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "));
        return all.isEmpty() ? null : all;
    }

    /** The options of a row. */
    static Stream<String> options(Row row) {
        var options = row.getArrayOfStrings("options");
        return options == null ? Stream.of() : Arrays.stream(options);
    }

    private void schema(Row row) {
        var said = rows.comment(PlainPlace.of("pg_namespace", row.getLong("id")));
        var comment = said == null ? row.getString("comment") : said;
        var name = row.getString("name");
        add(ObjectKind.SCHEMA, "", name, new String[0], comment, row.getString("grants"));
    }

    private void constraint(Row row) {
        var relation = rows.relation(row.getLong("relation"));
        if (relation != null) {
            add(
                    ObjectKind.CONSTRAINT,
                    relation.getString("name"),
                    row.getString("name"),
                    PlainPlace.of("pg_constraint", row.getLong("id")),
                    row.getString("definition"));
        }
    }

    /** One that serves a constraint is told by that, and one that is being made is upkeep. */
    private void index(Row row) {
        var relation = rows.relation(row.getLong("relation"));
        var isValid = row.getBoolean("valid");
        if (relation != null && !isOfKey(row) && (isValid || !row.getBoolean("upkeep"))) {
            add(
                    ObjectKind.INDEX,
                    relation.getString("name"),
                    row.getString("name"),
                    PlainPlace.of("pg_class", row.getLong("id")),
                    row.getString("definition"),
                    isValid ? null : "invalid");
        }
    }

    private boolean isOfKey(Row row) {
        return rows.dependencies(row.getLong("id")).stream()
                .anyMatch(on -> on.how().equals("i") && on.on().table().equals("pg_constraint"));
    }

    private void function(Row row) {
        var isProcedure = row.getString("kind").equals("p");
        add(
                isProcedure ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION,
                "",
                row.getString("name"),
                PlainPlace.of("pg_proc", row.getLong("id")),
                row.getString("definition"),
                row.getString("result"),
                row.getString("arguments"));
    }
}
