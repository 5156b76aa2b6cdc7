// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.backup.Backup.Table;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The tables of a database that hold rows themselves, as one snapshot sees them. */
final class DataTables {
    /** At a time, so that no statement becomes unbounded. */
    private static final int TABLES_AT_ONCE = 200;

    private static final String LIST =
            """
            SELECT format('%I.%I', n.nspname, c.relname), pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'skein') AND n.nspname NOT LIKE 'pg\\_%' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY 1
            """;

    private DataTables() {}

    /** Their names and counts of writes, without counting rows. */
    static List<Table> list(PgSession session, Duration bound) {
        var tables = new ArrayList<Table>();
        session.script(LIST, bound)
                .forEach(row -> tables.add(new Table(row.getString(0), -1, row.getLong(1))));
        return tables;
    }

    /**
     * The same with their rows, counted.
     *
     * @param stop asked several times a second
     */
    static List<Table> counted(PgSession session, Duration bound, BooleanSupplier stop) {
        var tables = list(session, bound);
        var counted = new ArrayList<Table>(tables.size());
        for (int from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            count(
                    session,
                    tables.subList(from, Math.min(tables.size(), from + TABLES_AT_ONCE)),
                    counted,
                    bound,
                    stop);
        }
        return counted;
    }

    private static void count(
            PgSession session,
            List<Table> some,
            List<Table> counted,
            Duration bound,
            BooleanSupplier stop) {
        var sql =
                some.stream()
                        .map(t ->
                                "SELECT %s, (SELECT count(*) FROM ONLY %s), %d::bigint"
                                        .formatted(
                                                SqlLiterals.text(t.name()), t.name(), t.writes()))
                        .collect(Collectors.joining(" UNION ALL "));
        session.script(sql, bound, stop)
                .forEach(row ->
                        counted.add(new Table(row.getString(0), row.getLong(1), row.getLong(2))));
    }
}
