// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.catalog.PrintingSettings;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rows of a database are, table by table, without their order. */
public final class RowDigest {
    /**
     * One table's rows.
     *
     * @param rows how many
     * @param hash of whole rows
     * @param columns hashes of single columns
     */
    private record Rows(long rows, String hash, Map<String, String> columns) {}

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);
    private static final String SEQUENCES =
            """
            SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, 0)
            FROM pg_sequences
            WHERE schemaname <> 'skein'
            """;
    private final SortedMap<String, Rows> tables;

    private RowDigest(SortedMap<String, Rows> tables) {
        this.tables = tables;
    }

    /** Reads every table. */
    public static RowDigest of(PgSession session) {
        var tables = new TreeMap<String, Rows>();
        session.script(
                "SET search_path = pg_catalog; SET row_security = off; " + PrintingSettings.ALIKE,
                QUERY_TIMEOUT);
        for (var row : session.script(SEQUENCES, QUERY_TIMEOUT)) {
            var at = String.valueOf(row.getLong(1));
            tables.put(row.getString(0), new Rows(1, at, Map.of("last_value", at)));
        }
        for (var table : TableShape.ofDatabase(session)) {
            tables.put(table.name(), rows(session, table));
        }
        return new RowDigest(tables);
    }

    private static Rows rows(PgSession session, TableShape table) {
        var row = session.script(query(table), QUERY_TIMEOUT).iterator().next();
        var hashes = row.getArrayOfStrings(2);
        var byName = new HashMap<String, String>();
        for (int i = 0; i < hashes.length; i++) {
            byName.put(table.columns().get(i), hashes[i]);
        }
        return new Rows(row.getLong(0), row.getString(1), byName);
    }

    private static String query(TableShape table) {
        var columns =
                table.columns().stream()
                        .map(c -> hash(c + "::text"))
                        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
        return "SELECT count(*), %s, %s FROM ONLY %s"
                .formatted(hash(table.packed()), columns, table.name());
    }

    private static String hash(String text) {
        return "coalesce(sum(hashtextextended(" + text + ", 0)), 0)::text";
    }

    /** Whether it is a table that holds rows itself. */
    public boolean knows(String table) {
        return tables.containsKey(table);
    }

    /** Whether no row has a value in a column that is known; a loss of it could not be seen. */
    public boolean isBlank(String table, String column) {
        var found = tables.get(table);
        return found != null && "0".equals(found.columns().get(column));
    }

    /** How many rows a table has; none where there is no such table. */
    public long rows(String table) {
        var found = tables.get(table);
        return found == null ? 0 : found.rows();
    }

    /** Tables whose rows, as far as both know their columns, are not the same in another one. */
    public List<String> changed(RowDigest other) {
        return tables.entrySet().stream()
                .filter(table -> {
                    var now = other.tables.get(table.getKey());
                    return now == null || isChanged(table.getValue(), now);
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isChanged(Rows was, Rows now) {
        return was.rows() != now.rows()
                || was.columns().entrySet().stream()
                        .anyMatch(c ->
                                !c.getValue()
                                        .equals(
                                                now.columns()
                                                        .getOrDefault(c.getKey(), c.getValue())));
    }

    /** What the rows of a database with the same tables have lost, in words. */
    public List<String> lost(RowDigest later) {
        var lost = new ArrayList<String>();
        tables.forEach((name, was) -> {
            var now = later.tables.get(name);
            if (now == null || was.rows() != now.rows()) {
                lost.add(name + " had " + was.rows() + " rows and has " + later.rows(name));
            } else if (!was.hash().equals(now.hash())) {
                lost.add(values(name, was, now));
            }
        });
        return lost;
    }

    private static String values(String name, Rows was, Rows now) {
        var columns =
                was.columns().entrySet().stream()
                        .filter(c -> !c.getValue().equals(now.columns().get(c.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        return columns.isEmpty()
                ? name + ": values have come to other rows"
                : name + ": other values in " + String.join(", ", columns);
    }
}
