// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What was decided about databases that are not as their journals left them. */
@ApplicationScoped
public class DriftStore {
    private final EventStore events;

    public DriftStore(EventStore events) {
        this.events = events;
    }

    /**
     * A decision; the audit service hears of it like of any other.
     *
     * @param observed the fingerprint that is accepted; another one is drift again
     * @param kind {@code adopted} or {@code ignored}
     * @param until when it is over; null for never
     */
    public record Decided(
            String uid, String observed, String kind, String reason, @Nullable Instant until) {}

    /** Records a decision. */
    public void put(Db.Tx tx, Decided decided, String actor) {
        apply(tx, decided);
        events.appendAlone(tx, "drift/" + decided.uid(), "drift.Decided", decided, actor);
    }

    /** Writes what follows from a decision that is recorded. */
    public void apply(Db.Tx tx, Decided decided) {
        var until = decided.until();
        tx.query(
                """
                INSERT INTO drift_rule
                VALUES ($1, $2, $3)
                ON CONFLICT (uid, observed) DO UPDATE SET until = excluded.until
                """,
                decided.uid(),
                decided.observed(),
                until == null ? null : until.atOffset(ZoneOffset.UTC));
    }

    /** Whether there is such a database. */
    public boolean knows(Db.Tx tx, String uid) {
        return tx.query("SELECT FROM fleet_database WHERE uid = $1 AND forgotten_at IS NULL", uid)
                        .size()
                > 0;
    }
}
