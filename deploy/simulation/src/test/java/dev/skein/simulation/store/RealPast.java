// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.service.database.Db.Tx;
import java.time.Duration;

/** What was written before now, on PostgreSQL. */
final class RealPast implements Stores.Past {
    @Override
    public void beat(Tx tx, String agent, String site, Duration ago) {
        tx.query(
                """
                INSERT INTO fleet_agent (id, site, started_at, databases, running, seen_at)
                VALUES ($1, $2, now(), 1, 0, now() - make_interval(secs => $3))
                ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at\
                """,
                agent,
                site,
                (double) ago.toSeconds());
    }

    @Override
    public void late(Tx tx, String uid) {
        tx.query("UPDATE directive SET ends_at = now() - interval '1 minute' WHERE uid = $1", uid);
    }

    @Override
    public void left(Tx tx, String uid) {
        tx.query(
                "UPDATE rollout_target SET changed_at = now() - interval '11 minutes' WHERE uid ="
                        + " $1",
                uid);
    }
}
