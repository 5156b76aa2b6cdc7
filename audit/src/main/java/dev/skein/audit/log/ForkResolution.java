// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;

/**
 * Somebody's decision that a history which has a fork goes on as the log has it: behind its last
 * entry, what was refused staying refused.
 */
public final class ForkResolution {
    private ForkResolution() {}

    /**
     * Lets it go on; what is missing since is asked for again.
     *
     * @param at the number that is expected next, as whoever decided saw it
     * @throws SkeinException where no fork is there, or not any more
     */
    public static void take(Db.Tx tx, String source, long at) {
        tx.query(
                """
                UPDATE fleet SET ahead_since = coalesce(ahead_since, now()), asked_at = NULL
                WHERE 'db/' || uid || '/' || incarnation = $1 AND seq >= $2\
                """,
                source,
                at);
        tx.query("SELECT FROM log_state FOR UPDATE"); // sources stand still with it; taken last
        var done =
                tx.query(
                        """
                        UPDATE source SET since = now(), asked_at = NULL,
                            state = CASE WHEN EXISTS (SELECT FROM parked p WHERE p.source = id)
                                         THEN 'gap' ELSE 'live' END
                        WHERE id = $1 AND state = 'fork' AND next_seq = $2\
                        """,
                        source,
                        at);
        if (done.rowCount() == 0) {
            throw new SkeinException(
                    ErrorCode.DIFFERS,
                    "History " + source,
                    "it has no fork at " + at,
                    "See where it stands: skein audit trouble");
        }
    }
}
