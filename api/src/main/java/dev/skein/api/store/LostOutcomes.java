// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;

/** What became of databases in a time of which this database knows nothing. */
@ApplicationScoped
public class LostOutcomes {
    private static final String SET_ASIDE =
            """
            WITH t AS (
                SELECT uid, wave, state FROM rollout_target WHERE rollout = $1 AND wave < $2
                    AND state IN ('pending', 'open', 'holding') ORDER BY uid FOR UPDATE
            ), changed AS (
                UPDATE rollout_target r SET state = 'aside', signature = NULL, message = $3, changed_at = now()
                FROM t WHERE r.rollout = $1 AND r.uid = t.uid
            ), closed AS (
                UPDATE directive d SET payload = NULL, published = false, due_at = now()
                FROM t WHERE d.uid = t.uid AND d.rollout = $1
            ), counted AS (
                SELECT wave, count(*) FILTER (WHERE state IN ('open', 'holding')) AS closed, count(*) AS number
                FROM t GROUP BY wave
            )
            UPDATE wave_tally w SET open = w.open - c.closed, aside = w.aside + c.number
            FROM counted c WHERE w.rollout = $1 AND w.wave = c.wave
            """;

    /** Sets aside what has no outcome here of the waves before one, which are over. */
    public void setAside(Db.Tx tx, String rollout, int before) {
        tx.query(
                SET_ASIDE,
                rollout,
                before,
                "how it ended is not in the restored database: see skein audit log");
    }

    /** What was to stop is to be told so again, under a generation that is newer. */
    public void unhold(Db.Tx tx, String rollout) {
        tx.query(
                """
                UPDATE rollout_target SET state = 'open' WHERE rollout = $1 AND state = 'holding'
                """,
                rollout);
    }

    /**
     * Makes every token worthless that was there when everything stopped: some may have been
     * revoked since the backup.
     *
     * @return how many
     */
    public int revokeTokens(Db.Tx tx) {
        return tx.query(
                        """
                        UPDATE access_token
                        SET revoked = true
                        WHERE NOT revoked AND granted_at < (SELECT stopped_at FROM continuity)
                        """)
                .rowCount();
    }
}
