// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a way back would lose, as far as the database knows without being kept busy. */
public final class RollbackLosses {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String COUNT_TIMEOUT = "SET statement_timeout = '5s'";

    /** Then what is left is taken from statistics. */
    private static final Duration COUNTING = Duration.ofSeconds(20);

    /** query_canceled, lock_not_available. */
    private static final Set<String> TOO_LONG = Set.of("57014", "55P03");

    private static final int WITH_COLUMN = 3;

    private RollbackLosses() {}

    /**
     * What a table or column would lose.
     *
     * @param exact false where statistics were taken instead of counting
     */
    public record Loss(String subject, long rows, boolean exact) {}

    /**
     * Rows of tables, and rows with a value in columns, that would be dropped. Whatever takes long
     * to count is estimated, and so is what comes after it.
     *
     * @param names as the server prints them: {@code schema.table} or {@code schema.table.column}
     */
    public static List<Loss> dropped(PgSession session, List<String> names) {
        var losses = new ArrayList<Loss>();
        session.script(COUNT_TIMEOUT, QUERY_TIMEOUT);
        long end = System.nanoTime() + COUNTING.toNanos();
        for (var name : names) {
            dropped(session, name, end).ifPresent(losses::add);
        }
        return losses;
    }

    private static Optional<Loss> dropped(PgSession session, String name, long end) {
        var parts = parts(session, name);
        var table = SqlLiterals.name(parts.get(0)) + "." + SqlLiterals.name(parts.get(1));
        var found =
                session.query("SELECT reltuples FROM pg_class WHERE oid = to_regclass($1)", table);
        if (found.size() == 0) {
            return Optional.empty();
        }
        var column = parts.size() == WITH_COLUMN ? SqlLiterals.name(parts.get(2)) : "*";
        var estimate = found.iterator().next().getFloat(0).longValue();
        return Optional.of(
                System.nanoTime() < end
                        ? count(session, name, table, column, estimate)
                        : new Loss(name, Math.max(0, estimate), false));
    }

    private static List<String> parts(PgSession session, String name) {
        var row = session.query("SELECT parse_ident($1)", name).iterator().next();
        return Arrays.asList(row.getArrayOfStrings(0));
    }

    private static Loss count(
            PgSession session, String subject, String table, String column, long estimate) {
        try {
            var sql = "SELECT count(%s) FROM %s".formatted(column, table);
            long rows = session.script(sql, QUERY_TIMEOUT).iterator().next().getLong(0);
            return new Loss(subject, rows, true);
        } catch (PgServerError e) {
            if (!TOO_LONG.contains(e.sqlState())) {
                throw e;
            }
            return new Loss(subject, Math.max(0, estimate), false);
        }
    }

    /**
     * Rows written since a backup, table by table, as the server's statistics have it: an update
     * counts as often as it was made.
     */
    public static List<Loss> since(PgSession session, Backup backup) {
        var then =
                backup.tables().stream()
                        .collect(Collectors.toMap(Backup.Table::name, Backup.Table::writes));
        var losses = new ArrayList<Loss>();
        for (var table : DataTables.list(session, QUERY_TIMEOUT)) {
            long before = then.getOrDefault(table.name(), 0L);
            // Statistics that were reset since know only of what came after.
            long writes = table.writes() >= before ? table.writes() - before : table.writes();
            if (writes > 0) {
                losses.add(new Loss(table.name(), writes, false));
            }
        }
        return losses;
    }
}
