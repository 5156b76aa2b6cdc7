// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Set;

/** Gives the state table of an older version a column that it lacks. */
final class AddedColumn {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** lock_not_available, insufficient_privilege: another run, or the owner's, will do it. */
    private static final Set<String> LATER = Set.of("55P03", "42501");

    private AddedColumn() {}

    /**
     * Adds it, if it may be and nobody is in the way; outside a transaction.
     *
     * @param definition the column's name and type
     * @return whether it is there now
     */
    static boolean add(PgSession session, String definition) {
        try {
            // Others read and write the table all the time: whoever cannot have it soon does
            // without.
            session.script(
                    """
                    BEGIN;
                    SET LOCAL lock_timeout = '100ms';
                    ALTER TABLE skein.state ADD COLUMN IF NOT EXISTS %s;
                    COMMIT
                    """
                            .formatted(definition),
                    QUERY_TIMEOUT);
            return true;
        } catch (PgServerError e) {
            session.script("ROLLBACK", QUERY_TIMEOUT);
            if (LATER.contains(e.sqlState())) {
                return false;
            }
            throw e;
        }
    }
}
