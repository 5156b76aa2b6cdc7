// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.fleet;

/** What of a database's row tells how it is now, as SQL. */
public final class DatabaseState {
    /**
     * Why one cannot be managed, by its row: where nobody has heard of it for an hour, nobody knows
     * whether it is there. Agents tell of each every five minutes.
     */
    public static final String PROBLEM =
            "CASE WHEN problem IS NULL AND seen_at < now() - interval '1 hour' THEN 'no agent has"
                    + " told of it for more than an hour' ELSE problem END";

    /** Whether it is known to be there no more, or nobody has told of it for an hour. */
    public static final String GONE =
            "(present_at < seen_at OR seen_at < now() - interval '1 hour')";

    private DatabaseState() {}
}
