// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.store.FleetStore.Told;
import dev.skein.engine.Json;
import dev.skein.engine.event.Heartbeat;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The agents of the fleet: the table {@code fleet_agent}, which nobody else writes. */
final class FleetAgents {
    private static final String UPSERT =
            """
            INSERT INTO fleet_agent AS a (id, site, started_at, databases, running, dumps, saves, attempts, servers,
                refused, refused_last, said_at, seen_at)
            SELECT r.id, r.site, r.started_at, r.databases, r.running, coalesce(r.dumps, 0),
                CASE WHEN r.saves IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(r.saves::json)::integer) END,
                r.attempts::jsonb,
                CASE WHEN r.servers IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(r.servers::json)) END,
                coalesce(r.refused, 0), r.refused_last, r.said_at, CASE WHEN $1 THEN now() ELSE least(coalesce(r.said_at, to_timestamp(0)), now()) END
            FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::integer[], $6::integer[], $7::bigint[], $8::text[],
                $9::text[], $10::text[], $11::bigint[], $12::text[], $13::timestamptz[])
                AS r(id, site, started_at, databases, running, dumps, saves, attempts, servers, refused, refused_last,
                said_at)
            ORDER BY r.id
            ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = excluded.started_at,
                databases = excluded.databases, running = excluded.running, dumps = excluded.dumps,
                saves = excluded.saves, attempts = excluded.attempts, servers = excluded.servers,
                refused = excluded.refused, refused_last = excluded.refused_last, said_at = excluded.said_at,
                before_at = CASE WHEN excluded.started_at <> a.started_at THEN a.started_at ELSE a.before_at END,
                doubled_at = CASE WHEN excluded.started_at <> a.started_at AND excluded.started_at = a.before_at
                    THEN excluded.seen_at ELSE a.doubled_at END,
                seen_at = CASE WHEN $1 THEN now() ELSE greatest(a.seen_at, excluded.seen_at) END,
                forgotten_at = CASE WHEN $1 THEN NULL ELSE a.forgotten_at END
            WHERE $1 OR excluded.said_at >= coalesce(a.said_at, a.seen_at)
            """;

    private FleetAgents() {}

    /**
     * Writes heartbeats, at most one of an agent, each unless a newer one is there. A process that
     * is started anew is another one for good; two whose beats come by turns are of one id.
     */
    static void beat(Db.Tx tx, List<Told<Heartbeat>> beats) {
        var byFreshness =
                beats.stream().collect(Collectors.partitioningBy(told -> told.stamp().fresh()));
        byFreshness.forEach((fresh, some) -> put(tx, fresh, some));
    }

    private static void put(Db.Tx tx, boolean fresh, List<Told<Heartbeat>> beats) {
        if (beats.isEmpty()) {
            return;
        }
        var rows = new BatchRows<>(beats);
        tx.query(
                UPSERT,
                fresh,
                rows.texts(r -> r.says().agent()),
                rows.texts(r -> r.says().site()),
                rows.times(r -> r.says().started().atOffset(ZoneOffset.UTC)),
                rows.integers(r -> r.says().databases()),
                rows.integers(r -> r.says().running()),
                rows.longsOrNone(r -> dumps(r.says())),
                rows.texts(r -> json(r.says().saves())),
                rows.texts(r -> json(r.says().attempts())),
                rows.texts(r -> json(r.says().servers())),
                rows.longsOrNone(r -> refused(r.says())),
                rows.texts(r -> last(r.says())),
                rows.times(r -> r.stamp().column()));
    }

    private static @Nullable Long dumps(Heartbeat beat) {
        var dumps = beat.dumps();
        return dumps == null ? null : dumps.longValue();
    }

    private static @Nullable Long refused(Heartbeat beat) {
        var refused = beat.refused();
        return refused == null ? null : refused.records();
    }

    private static @Nullable String last(Heartbeat beat) {
        var refused = beat.refused();
        return refused == null ? null : refused.last();
    }

    private static @Nullable String json(@Nullable Object told) {
        return told == null ? null : Json.text(told);
    }

    /** Writes that one is forgotten. */
    static void forget(Db.Tx tx, String id) {
        tx.query("UPDATE fleet_agent SET forgotten_at = now() WHERE id = $1", id);
    }
}
