// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the partitions of a table have of an index that is to be built on the table. */
final class PartitionIndexes {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);

    /** What an index is, but for its name and its table. */
    private static final String TAIL =
            """
            substr(pg_get_indexdef(x.indexrelid), length(format('CREATE %sINDEX %I ON %s%I.%I ', \
            CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END, c.relname, \
            CASE c.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END, n.nspname, t.relname)) + 1)
            """;

    /** The server holds indexes for alike that differ in these. */
    private static final String ALIKE =
            "regexp_replace(%s, ' (ASC|DESC)| NULLS (FIRST|LAST)| WITH \\([^()]*\\)', '', 'g')";

    private static final String INDEX =
            """
            pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
            """;

    /** Partitions that have rows here, none of those that are foreign tables. */
    private static final String LEAVES =
            "pg_partition_tree(%s) p JOIN pg_class l ON l.oid = p.relid AND l.relkind = 'r'";

    private PartitionIndexes() {}

    /**
     * What each partition's part is.
     *
     * @param tail what stands behind the table's name in its definition
     * @param tablespace where the parts are; null for where indexes are unless somebody says so
     */
    record Definition(boolean unique, String tail, @Nullable String tablespace) {
        String on(String partition) {
            return (unique ? "CREATE UNIQUE" : "CREATE")
                    + " INDEX CONCURRENTLY ON "
                    + partition
                    + " "
                    + tail;
        }

        private String isLike() {
            return "x.indisunique = "
                    + unique
                    + " AND "
                    + ALIKE.formatted(TAIL)
                    + " = "
                    + ALIKE.formatted(SqlLiterals.text(tail));
        }
    }

    static boolean isPartitioned(PgSession session, String table) {
        var relkind = "SELECT FROM pg_class WHERE relkind = 'p' AND oid = " + oid(table);
        return session.script(relkind, QUERY_TIMEOUT).size() > 0;
    }

    private static String oid(String table) {
        return "to_regclass(" + SqlLiterals.text(table) + ")";
    }

    /** What an index is that is there for the moment, on a partitioned table alone. */
    static Definition definition(PgSession session, String index) {
        var space = "(SELECT quote_ident(spcname) FROM pg_tablespace WHERE oid = c.reltablespace)";
        var where = " WHERE x.indexrelid = " + oid(index);
        var row =
                row(
                        session,
                        "SELECT x.indisunique, " + TAIL + ", " + space + " FROM " + INDEX + where);
        return new Definition(row.getBoolean(0), row.getString(1), row.getString(2));
    }

    private static Row row(PgSession session, String sql) {
        return session.script(sql, QUERY_TIMEOUT).iterator().next();
    }

    /**
     * The partitions without a part: no valid index of their own, or of one between the table and
     * them, that the table's index will take in.
     */
    static List<String> lacking(PgSession session, String table, Definition part) {
        var sql =
                """
                SELECT p.relid::regclass::text FROM %1$s WHERE NOT EXISTS (
                    SELECT FROM %2$s
                    WHERE x.indrelid = p.relid AND x.indisvalid AND %3$s
                      AND (SELECT i.indrelid FROM pg_index i
                           WHERE i.indexrelid = coalesce(pg_partition_root(x.indexrelid), x.indexrelid))
                          IN (SELECT relid FROM pg_partition_tree(%4$s) WHERE level > 0))
                ORDER BY p.relid
                """
                        .formatted(LEAVES.formatted(oid(table)), INDEX, part.isLike(), oid(table));
        var lacking = new ArrayList<String>();
        session.script(sql, QUERY_TIMEOUT).forEach(row -> lacking.add(row.getString(0)));
        return lacking;
    }

    /** Indexes of partitions that are no part of the table's and invalid. */
    static List<IndexLookup.Index> invalid(PgSession session, String table) {
        return IndexLookup.where(session, isInvalid(table));
    }

    /** Those among them that would be a part, which would make the table's index invalid, too. */
    static List<IndexLookup.Index> invalid(PgSession session, String table, Definition part) {
        var like = "SELECT x.indexrelid FROM %s WHERE %s".formatted(INDEX, part.isLike());
        return IndexLookup.where(session, isInvalid(table) + " AND x.indexrelid IN (" + like + ")");
    }

    private static String isInvalid(String table) {
        return """
        NOT x.indisvalid
            AND x.indexrelid NOT IN (SELECT inhrelid FROM pg_inherits)
            AND x.indrelid IN (SELECT p.relid FROM %s)
        """
                .formatted(LEAVES.formatted(oid(table)));
    }
}
