// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Leases among replicas: a row each, with an expiry by the database's clock. */
@ApplicationScoped
public class LeaderStore {
    /** No term: another process has it. */
    public static final long NONE = 0;

    /**
     * Takes a lease or renews one's own; gives its term, which is another one for each holder. It
     * is one statement, so that nobody need be frozen with a lock on the row.
     */
    public long take(Db.Tx tx, String name, String holder, Duration lease) {
        var rows =
                tx.query(
                        """
                        INSERT INTO leader AS l (name, holder, term, until)
                        VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
                        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,
                            term = l.term + (l.holder <> excluded.holder)::int,
                            until = clock_timestamp() + make_interval(secs => $3)
                        WHERE l.holder = excluded.holder OR l.until < clock_timestamp()
                        RETURNING term\
                        """,
                        name,
                        holder,
                        lease.toMillis() / 1000.0);
        return rows.size() == 0 ? NONE : rows.iterator().next().getLong(0);
    }

    /** Whether the lease of a term still lasts. */
    public boolean isHeld(Db.Tx tx, String name, String holder, long term) {
        return tx.query(
                                """
                                SELECT FROM leader WHERE name = $1 AND holder = $2 AND term = $3
                                    AND until > clock_timestamp()\
                                """,
                                name,
                                holder,
                                term)
                        .size()
                == 1;
    }

    /** Who has a lease that still lasts. */
    public Optional<String> holder(Db.Tx tx, String name) {
        return tx
                .list(
                        "SELECT holder FROM leader WHERE name = $1 AND until > clock_timestamp()",
                        row -> row.getString(0),
                        name)
                .stream()
                .findFirst();
    }

    /** Ends a lease before its time, so that another one need not wait for that. */
    public void resign(Db.Tx tx, String name, String holder) {
        tx.query(
                "UPDATE leader SET until = clock_timestamp() WHERE name = $1 AND holder = $2",
                name,
                holder);
    }
}
