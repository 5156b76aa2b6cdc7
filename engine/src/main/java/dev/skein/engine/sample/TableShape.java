// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.ClassResources;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table and the columns that hold what somebody wrote; names are as SQL needs them.
 *
 * @param types of the columns, in their order
 */
record TableShape(String name, List<String> columns, List<String> types) {
    private static final String TABLES = ClassResources.text(TableShape.class, "tables.sql");
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    TableShape {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    /** Every table of a database that holds rows itself. */
    static List<TableShape> ofDatabase(PgSession session) {
        return read(session, TABLES);
    }

    /** Every table whose rows are in partitions. */
    static List<TableShape> partitioned(PgSession session) {
        return read(session, TABLES.replace("relkind = 'r'", "relkind = 'p'"));
    }

    private static List<TableShape> read(PgSession session, String query) {
        var tables = new ArrayList<TableShape>();
        for (var row : session.script(query, QUERY_TIMEOUT)) {
            tables.add(
                    new TableShape(
                            row.getString(0),
                            List.of(row.getArrayOfStrings(1)),
                            List.of(row.getArrayOfStrings(2))));
        }
        return tables;
    }

    /** What makes a row one text, whatever its types are. */
    String packed() {
        return columns.stream()
                .map(c -> c + "::text")
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]::text"));
    }

    /** Adds rows that are packed thus, given as the only parameter. */
    String insert() {
        var values =
                IntStream.range(0, types.size())
                        .mapToObj(i -> "r[" + (i + 1) + "]::" + types.get(i))
                        .collect(Collectors.joining(", "));
        return """
        INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE
        SELECT %s FROM (SELECT x::text[] AS r FROM unnest($1::text[]) AS x) AS packed
        """
                .formatted(name, String.join(", ", columns), values);
    }
}
