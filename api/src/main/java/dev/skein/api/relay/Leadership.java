// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/**
 * One relay among several replicas: the one that holds the lease, a row with an expiry by the
 * database's clock. Who does not renew it, because it is frozen or gone, loses it to another.
 */
@ApplicationScoped
public class Leadership {
    /** No term: another process leads. */
    static final long NONE = 0;

    private static final String NAME = "relay";
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration RENEW = Duration.ofSeconds(1);

    private final Db db;
    private final String holder = UUID.randomUUID().toString();
    private final Duration lease;
    private volatile long term = NONE;
    private volatile long asked;

    @Inject
    public Leadership(Db db) {
        this(db, LEASE);
    }

    /**
     * @param lease how long it lasts without being renewed
     */
    Leadership(Db db, Duration lease) {
        this.db = db;
        this.lease = lease;
    }

    /** Takes the lease or renews ours; gives its term, which is another one after it was lost. */
    long renew() {
        if (term != NONE && since(asked).compareTo(RENEW) < 0 && isHeld(term)) {
            return term;
        }
        long now = System.nanoTime(); // ours ends before the row does
        term = db.call(this::take);
        asked = now;
        return term;
    }

    private long take(Db.Tx tx) {
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
                        NAME,
                        holder,
                        lease.toMillis() / 1000.0);
        return rows.size() == 0 ? NONE : rows.iterator().next().getLong(0);
    }

    /** Whether the lease of a term still lasts, as far as this process can tell alone. */
    boolean isHeld(long ofTerm) {
        return ofTerm == term && ofTerm != NONE && since(asked).compareTo(lease) < 0;
    }

    /** Whether the lease of a term still lasts, as the database says. */
    boolean isHeld(Db.Tx tx, long ofTerm) {
        return tx.query(
                                """
                                SELECT FROM leader WHERE name = $1 AND holder = $2 AND term = $3
                                    AND until > clock_timestamp()\
                                """,
                                NAME,
                                holder,
                                ofTerm)
                        .size()
                == 1;
    }

    /** Gives it up, so that another one need not wait for its end. */
    void resign() {
        if (term != NONE) {
            term = NONE;
            db.run(tx ->
                    tx.query(
                            "UPDATE leader SET until = clock_timestamp() WHERE holder = $1",
                            holder));
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
