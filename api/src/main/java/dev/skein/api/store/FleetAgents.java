// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.Json;
import dev.skein.engine.event.Heartbeat;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import java.time.ZoneOffset;

/** The agents of the fleet: the table {@code fleet_agent}, which nobody else writes. */
final class FleetAgents {
    private static final String UPSERT =
            """
            INSERT INTO fleet_agent AS a (id, site, started_at, databases, running, dumps, saves, attempts, servers,
                said_at, seen_at)
            VALUES ($1, $2, $3, $4, $5, coalesce($6, 0), $7, $8::text::jsonb, $9, $10,
                CASE WHEN $11 THEN now() ELSE least(coalesce($10, to_timestamp(0)), now()) END)
            ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = excluded.started_at,
                databases = excluded.databases, running = excluded.running, dumps = excluded.dumps,
                saves = excluded.saves, attempts = excluded.attempts, servers = excluded.servers, said_at = excluded.said_at,
                before_at = CASE WHEN excluded.started_at <> a.started_at THEN a.started_at ELSE a.before_at END,
                doubled_at = CASE WHEN excluded.started_at <> a.started_at AND excluded.started_at = a.before_at
                    THEN excluded.seen_at ELSE a.doubled_at END,
                seen_at = CASE WHEN $11 THEN now() ELSE greatest(a.seen_at, excluded.seen_at) END,
                forgotten_at = CASE WHEN $11 THEN NULL ELSE a.forgotten_at END
            WHERE $11 OR excluded.said_at >= coalesce(a.said_at, a.seen_at)
            """;

    private FleetAgents() {}

    /**
     * Writes a heartbeat, unless a newer one is there. A process that is started anew is another
     * one for good; two whose beats come by turns are of one id.
     *
     * @param stamp when it beat
     */
    static void put(Db.Tx tx, Heartbeat beat, RecordTime stamp) {
        var saves = beat.saves();
        var servers = beat.servers();
        tx.query(
                UPSERT,
                beat.agent(),
                beat.site(),
                beat.started().atOffset(ZoneOffset.UTC),
                beat.databases(),
                beat.running(),
                beat.dumps(),
                saves == null ? null : saves.toArray(Integer[]::new),
                beat.attempts() == null ? null : Json.text(beat.attempts()),
                servers == null ? null : servers.toArray(String[]::new),
                stamp.column(),
                stamp.fresh());
    }

    /** Writes that one is forgotten. */
    static void forget(Db.Tx tx, String id) {
        tx.query("UPDATE fleet_agent SET forgotten_at = now() WHERE id = $1", id);
    }
}
