// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.engine.lint.LintFinding;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How big a real database's tables are, and about how long it takes to go through them. */
final class TableSizes {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String QUERY =
            """
            BEGIN;
            SET LOCAL search_path = pg_catalog; SELECT c.oid::regclass::text, greatest(c.reltuples,
                0)::bigint, pg_table_size(c.oid)::bigint
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm')
                AND n.nspname <> 'skein'
                AND c.oid >= 16384; ROLLBACK
            """;

    private static final String UNBATCHED = "SK603";
    private static final long BATCHED_ROWS = 10_000;

    /** Rough speeds in bytes per second of an ordinary server, by what a rule is about. */
    private static final Map<String, Long> SPEEDS =
            Map.ofEntries(
                    Map.entry("SK101", 100_000_000L),
                    Map.entry("SK106", 100_000_000L),
                    Map.entry("SK107", 100_000_000L),
                    Map.entry("SK108", 400_000_000L),
                    Map.entry("SK109", 100_000_000L),
                    Map.entry("SK110", 50_000_000L),
                    Map.entry("SK111", 400_000_000L),
                    Map.entry("SK112", 400_000_000L),
                    Map.entry("SK113", 200_000_000L),
                    Map.entry("SK115", 60_000_000L),
                    Map.entry("SK116", 60_000_000L),
                    Map.entry("SK117", 60_000_000L),
                    Map.entry("SK118", 60_000_000L),
                    Map.entry("SK119", 60_000_000L),
                    Map.entry("SK121", 60_000_000L),
                    Map.entry("SK124", 400_000_000L));

    private final Map<String, Table> tables = new HashMap<>();

    private record Table(long rows, long bytes) {}

    /** Asks a database. */
    static TableSizes of(PgSession session) {
        var sizes = new TableSizes();
        var answer = session.script(QUERY, QUERY_TIMEOUT);
        for (var rows = answer; rows != null; rows = rows.next()) {
            for (var row : rows) {
                sizes.tables.put(row.getString(0), new Table(row.getLong(1), row.getLong(2)));
            }
        }
        return sizes;
    }

    /** What findings mean there: the sizes of the tables that they name. */
    List<LintFinding> withSizes(List<LintFinding> findings) {
        return findings.stream().filter(f -> !isSmall(f)).map(this::withSize).toList();
    }

    /** Whether rows are changed at once in tables where that is a matter of a moment. */
    private boolean isSmall(LintFinding finding) {
        var meant =
                tables.entrySet().stream()
                        .filter(table -> names(finding.what(), table.getKey()))
                        .toList();
        return finding.rule().equals(UNBATCHED)
                && !meant.isEmpty()
                && meant.stream().allMatch(table -> table.getValue().rows() < BATCHED_ROWS);
    }

    private LintFinding withSize(LintFinding finding) {
        var parts = new ArrayList<String>();
        tables.forEach((name, table) -> {
            if (names(finding.what(), name) && table.rows() > 0) {
                parts.add(inWords(name, table, SPEEDS.get(finding.rule())));
            }
        });
        if (parts.isEmpty()) {
            return finding;
        }
        return new LintFinding(
                finding.rule(),
                finding.name(),
                finding.level(),
                finding.revision(),
                finding.file(),
                finding.line(),
                finding.what() + " (" + String.join("; ", parts) + ")",
                finding.instead());
    }

    private static boolean names(String text, String name) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w)")
                .matcher(text)
                .find();
    }

    private static String inWords(
            String name, Table table, @org.jspecify.annotations.Nullable Long speed) {
        var size =
                "%s: about %,d rows, %,.1f MB".formatted(name, table.rows(), mega(table.bytes()));
        if (speed == null) {
            return size;
        }
        long seconds = Math.max(1, table.bytes() / speed);
        return size + String.format(Locale.ROOT, ", in the order of %d s", seconds);
    }

    private static double mega(long bytes) {
        return bytes / 1_000_000.0;
    }
}
