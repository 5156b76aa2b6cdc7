// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who else works on a rollout's databases. Only rollouts are asked that have work left, and no
 * database is with two of them: of this one and another it is the smaller number whose rows are
 * read, each found by its key in the other. What is over costs nothing, however much there is of
 * it, and nothing is kept for it.
 */
final class OtherRollouts {
    private static final String STANDS = "r.status IN ('running', 'soaking', 'halted', 'paused')";

    private static final String TAKEN =
            """
            (t.state IN ('open', 'holding') OR %s AND t.state IN ('pending', 'failed'))\
            """
                    .formatted(STANDS);

    private static final String CONCERNED =
            """
            ($2::integer IS NULL OR mine.state = 'aside' AND NOT mine.skipped AND mine.wave = $2)\
            """;

    /**
     * Rows are looked up one after the other. For that the name of a rollout is read from another
     * row: of one that is new and given as it is, the server believes that it has a single row, and
     * would read all of its rows for each.
     */
    private static final String FOUND =
            """
            WITH own AS MATERIALIZED (
                SELECT $1::text AS id, coalesce(sum(planned), 0) AS number FROM wave_tally
                WHERE rollout = $1 AND ($2::integer IS NULL OR wave = $2)
            ), at_work AS MATERIALIZED (
                SELECT r.id, r.status, sum(w.planned - w.succeeded - w.aside) AS number
                FROM rollout r JOIN wave_tally w ON w.rollout = r.id
                WHERE r.id <> $1 AND (%1$s OR w.open > 0)
                GROUP BY r.id, r.status
            )
            SELECT r.id FROM at_work r, own
            WHERE CASE WHEN r.number > own.number THEN EXISTS (
                    SELECT FROM rollout_target mine CROSS JOIN LATERAL (
                        SELECT FROM rollout_target t
                        WHERE t.rollout = r.id AND t.uid = mine.uid AND %2$s OFFSET 0
                    ) AS shared
                    WHERE mine.rollout = $1 AND %3$s
                ) ELSE EXISTS (
                    SELECT FROM wave_tally w CROSS JOIN LATERAL (
                        SELECT t.uid FROM rollout_target t
                        WHERE t.rollout = w.rollout AND t.wave = w.wave
                            AND t.state = ANY ('{open,holding,pending,failed}') AND %2$s OFFSET 0
                    ) t CROSS JOIN LATERAL (
                        SELECT FROM rollout_target mine
                        WHERE mine.rollout = own.id AND mine.uid = t.uid AND %3$s OFFSET 0
                    ) AS shared
                    WHERE w.rollout = r.id
                ) END
            ORDER BY 1
            """
                    .formatted(STANDS, TAKEN, CONCERNED);

    private OtherRollouts() {}

    /**
     * Their names.
     *
     * @param asideOf only what was set aside of this wave matters; null for all of it
     */
    static List<String> of(Db.Tx tx, String rollout, @Nullable Integer asideOf) {
        return tx.list(FOUND, row -> row.getString(0), rollout, asideOf);
    }
}
