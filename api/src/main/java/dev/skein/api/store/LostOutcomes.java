// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;

/** What became of databases in a time of which this database knows nothing. */
@ApplicationScoped
public class LostOutcomes {
    /** Sets aside what has no outcome here of the waves before one, which are over. */
    public void setAside(Db.Tx tx, String rollout, int before) {
        RolloutTargets.setAside(
                tx,
                rollout,
                before,
                "how it ended is not in the restored database: see skein audit log");
    }

    /** What was to stop is to be told so again, under a generation that is newer. */
    public void unhold(Db.Tx tx, String rollout) {
        RolloutTargets.unhold(tx, rollout);
    }

    /**
     * Makes every token worthless that was there when everything stopped: some may have been
     * revoked since the backup.
     *
     * @return how many
     */
    public int revokeTokens(Db.Tx tx) {
        return TokenRows.revokeOld(tx);
    }
}
