// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import dev.skein.api.fleet.DatabaseState;
import dev.skein.api.query.FleetViews.ProblemView;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many databases and rollouts there are of each kind. What there are too many kinds of is told
 * of the largest, and of the others together.
 *
 * @param byHeads those that can be managed
 * @param byProblem those that cannot
 * @param problems the same by server, the largest
 */
record FleetCounts(
        Map<String, Long> byHeads,
        Map<String, Long> byProblem,
        List<ProblemView> problems,
        Map<String, Long> rollouts) {
    /** What stands for all other kinds. */
    static final String OTHERS = "…";

    private static final int KINDS = 200;
    private static final int PROBLEMS = 100;

    private static final String KNOWN =
            """
            SELECT uid, site, server, name, heads, present_at, %s AS problem, %s AS gone
            FROM fleet_database
            WHERE forgotten_at IS NULL
            """
                    .formatted(DatabaseState.PROBLEM, DatabaseState.GONE);

    private static final String BY_HEADS =
            """
            SELECT array_to_string(heads, ','), count(*) FROM (%s) d
            WHERE problem IS NULL
            GROUP BY heads ORDER BY count(*) DESC, heads
            """
                    .formatted(KNOWN);

    private static final String BY_PROBLEM =
            """
            SELECT problem, count(*) FROM (%s) d
            WHERE problem IS NOT NULL
            GROUP BY problem ORDER BY count(*) DESC, problem
            """
                    .formatted(KNOWN);

    private static final String BY_SERVER =
            """
            SELECT problem, site, server, count(*),
                (array_agg(site || '/' || name ORDER BY name, uid))[1:3],
                CASE WHEN bool_and(gone) THEN max(present_at) END
            FROM (%s) d
            WHERE problem IS NOT NULL
            GROUP BY problem, site, server ORDER BY count(*) DESC, problem, site, server LIMIT %d
            """
                    .formatted(KNOWN, PROBLEMS);

    static FleetCounts of(Db.Tx tx) {
        return new FleetCounts(
                count(tx, BY_HEADS),
                count(tx, BY_PROBLEM),
                tx.list(BY_SERVER, FleetCounts::problem),
                count(tx, "SELECT status, count(*) FROM rollout GROUP BY status"));
    }

    /** How many databases there are. */
    long databases() {
        return sum(byHeads) + sum(byProblem);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> count(Db.Tx tx, String sql) {
        var most =
                """
                SELECT CASE WHEN place > %1$d THEN '%2$s' ELSE kind END, sum(n)::bigint
                FROM (SELECT kind, n, row_number() OVER () AS place FROM (%3$s) c (kind, n)) k
                GROUP BY 1
                """
                        .formatted(KINDS, OTHERS, sql);
        var counts = new TreeMap<String, Long>();
        for (var row : tx.query(most)) {
            counts.put(row.getString(0), row.getLong(1));
        }
        return counts;
    }

    private static ProblemView problem(Row row) {
        var seen = row.getOffsetDateTime(5);
        return new ProblemView(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                (int) (long) row.getLong(3),
                List.of(row.getArrayOfStrings(4)),
                seen == null ? null : seen.toInstant());
    }
}
