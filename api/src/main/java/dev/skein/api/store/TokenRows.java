// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;

/** What becomes of the tokens that people log in for: the table {@code access_token}. */
public final class TokenRows {
    private static final int SOME = 1_000;

    private TokenRows() {}

    /**
     * Makes every token worthless that was there when everything stopped.
     *
     * @return how many
     */
    static int revokeOld(Db.Tx tx) {
        return tx.query(
                        """
                        UPDATE access_token
                        SET revoked = true
                        WHERE NOT revoked AND granted_at < (SELECT stopped_at FROM continuity)
                        """)
                .rowCount();
    }

    /**
     * Deletes some that have been worth nothing for a day, whatever clock was asked.
     *
     * @return whether there may be more
     */
    public static boolean deleteExpired(Db.Tx tx) {
        return tx.query(
                                """
                                DELETE FROM access_token
                                WHERE hash IN (SELECT hash FROM access_token WHERE expires_at < now()
                                    - interval '1 day' LIMIT $1)
                                """,
                                SOME)
                        .rowCount()
                == SOME;
    }
}
