// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.WaveTally;
import dev.skein.service.database.Db;
import java.util.List;

/**
 * The counts of rollouts' waves: the table {@code wave_tally}, which nobody else writes. Where many
 * targets change at once, their statement ends with one of these texts, which counts the targets
 * {@code t}.
 */
final class WaveTallies {
    /** Of targets that are given up, failed ones among them. */
    static final String SKIPPED =
            """
            counted AS (
                SELECT rollout, wave, count(*) FILTER (WHERE state IN ('open', 'holding')) AS closed,
                    count(*) FILTER (WHERE state = 'failed') AS failed, count(*) AS number
                FROM t GROUP BY rollout, wave
            )
            UPDATE wave_tally w SET open = w.open - c.closed, failed = w.failed - c.failed, aside = w.aside + c.number,
                moved_at = now()
            FROM counted c WHERE w.rollout = c.rollout AND w.wave = c.wave
            """;

    /** Of targets whose outcome nobody knows. */
    static final String SET_ASIDE =
            """
            counted AS (
                SELECT rollout, wave, count(*) FILTER (WHERE state IN ('open', 'holding')) AS closed, count(*) AS number
                FROM t GROUP BY rollout, wave
            )
            UPDATE wave_tally w SET open = w.open - c.closed, aside = w.aside + c.number
            FROM counted c WHERE w.rollout = c.rollout AND w.wave = c.wave
            """;

    /** Of targets that have an outcome. */
    static final String ENDED =
            """
            counted AS (
                SELECT rollout, wave, count(*) FILTER (WHERE was <> 'pending') AS closed,
                    count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE state = 'failed') AS failed,
                    count(*) FILTER (WHERE state = 'aside') AS aside
                FROM t GROUP BY rollout, wave
            )
            UPDATE wave_tally w SET open = w.open - c.closed, succeeded = w.succeeded + c.succeeded, failed = w.failed + c.failed,
                aside = w.aside + c.aside, moved_at = now()
            FROM counted c WHERE w.rollout = c.rollout AND w.wave = c.wave
            """;

    /** Of targets that were {@code changed} and have a directive now. */
    static final String OPENED =
            """
            counted AS (
                SELECT rollout, wave, count(*) AS number FROM changed WHERE state = 'open' GROUP BY rollout, wave
            )
            UPDATE wave_tally w SET open = w.open + c.number, moved_at = now()
            FROM counted c WHERE w.rollout = c.rollout AND w.wave = c.wave
            """;

    private WaveTallies() {}

    /** Adds a wave that nothing has happened to. */
    static void insert(Db.Tx tx, String id, int number, RolloutPlan.Wave wave) {
        tx.query(
                "INSERT INTO wave_tally(rollout, wave, name, planned) VALUES ($1, $2, $3, $4)",
                id,
                number,
                wave.name(),
                wave.databases());
    }

    /** Locks and reads the counts of a rollout's waves, in order. */
    static List<WaveTally> lock(Db.Tx tx, String id) {
        return tx.list(
                """
                SELECT wave, planned, open, succeeded, failed, aside
                FROM wave_tally
                WHERE rollout = $1
                ORDER BY wave FOR UPDATE
                """,
                row ->
                        new WaveTally(
                                row.getInteger(0),
                                row.getInteger(1),
                                row.getInteger(2),
                                row.getInteger(3),
                                row.getInteger(4),
                                row.getInteger(5)),
                id);
    }

    /** Counts anew after targets were put back to waiting. */
    static void retry(Db.Tx tx, String rollout, int wave, boolean failed, boolean aside) {
        tx.query(
                """
                UPDATE wave_tally
                SET moved_at = now(), failed = CASE WHEN $3 THEN 0 ELSE failed END, aside = CASE WHEN $4
                    THEN (SELECT count(*) FROM rollout_target WHERE rollout = $1 AND wave = $2 AND state
                    = 'aside') ELSE aside END
                WHERE rollout = $1 AND wave = $2
                """,
                rollout,
                wave,
                failed,
                aside);
    }
}
