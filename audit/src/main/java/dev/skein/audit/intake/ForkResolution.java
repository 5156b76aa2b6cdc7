// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.HistoryStates;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;

/**
 * Somebody's decision that a history which has a fork goes on as the log has it: behind its last
 * entry, what was refused staying refused.
 */
final class ForkResolution {
    private ForkResolution() {}

    /**
     * Lets it go on; what is missing since is asked for again.
     *
     * @param at the number that is expected next, as whoever decided saw it
     * @throws SkeinException where no fork is there, or not any more
     */
    static void take(Db.Tx tx, String source, long at) {
        FleetCoverage.askAgain(tx, source, at);
        if (!HistoryStates.resume(tx, source, at)) {
            throw new SkeinException(
                    ErrorCode.DIFFERS,
                    "History " + source,
                    "it has no fork at " + at,
                    "See where it stands: skein audit trouble");
        }
    }
}
