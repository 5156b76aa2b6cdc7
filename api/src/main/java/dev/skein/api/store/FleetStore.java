// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What agents report, as rows. A journal entry is newer than a report with a lower number. */
@ApplicationScoped
public class FleetStore {
    /**
     * Seen otherwise than left, in the same manner of seeing, and nobody has adopted it. What is
     * ignored for a time is put off: a rollout would make it how the schema must be for ever.
     */
    private static final String DRIFTED =
            """
            observed <> fingerprint
                AND substring(observed FROM '^[0-9]+-[0-9]+-') = substring(fingerprint
                FROM '^[0-9]+-[0-9]+-')
                AND NOT EXISTS (SELECT FROM drift_rule r WHERE r.uid = d.uid
                AND r.observed = d.observed AND r.until IS NULL)
            """;

    /**
     * Writes a report, unless a newer one is there.
     *
     * @param stamp when it was made
     */
    public void put(Db.Tx tx, DatabaseReport report, RecordTime stamp) {
        if (report.saysAbsent()) {
            DatabaseSighting.putAbsent(tx, report, stamp);
        } else {
            DatabaseSighting.put(tx, report, stamp);
        }
    }

    /** Writes what a journal entry leaves. */
    public void put(Db.Tx tx, Envelope entry, String hash) {
        tx.query(
                """
                UPDATE fleet_database
                SET heads = $3, seq = $4, hash = $5, accepted = greatest(accepted, coalesce($6,
                    accepted)), observed = NULL, fingerprint = CASE WHEN $7 THEN $8 ELSE fingerprint END
                WHERE uid = $1 AND seq < $4 AND (incarnation IS NULL OR incarnation = $2)
                """,
                entry.uid(),
                entry.incarnation(),
                entry.heads().toArray(String[]::new),
                entry.seq(),
                hash,
                entry.generation(),
                entry.kind() == EntryKind.OBSERVED,
                entry.fingerprint());
    }

    /**
     * Writes a heartbeat, unless a newer one is there. A process that is started anew is another
     * one for good; two whose beats come by turns are of one id.
     *
     * @param stamp when it beat
     */
    public void put(Db.Tx tx, Heartbeat beat, RecordTime stamp) {
        var saves = beat.saves();
        var servers = beat.servers();
        tx.query(
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
                """,
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

    /** What each agent that was heard of lately can take backups of, by site. */
    public Map<String, List<AgentSaves>> saves(Db.Tx tx) {
        Map<String, List<AgentSaves>> bySite = new HashMap<>();
        tx.query(
                        """
                        SELECT site, id, saves, dumps FROM fleet_agent
                        WHERE seen_at > now() - interval '1 minute'
                        ORDER BY id
                        """)
                .forEach(row -> {
                    var majors = row.getArrayOfIntegers(2);
                    bySite.computeIfAbsent(row.getString(0), site -> new ArrayList<>())
                            .add(
                                    new AgentSaves(
                                            row.getString(1),
                                            majors == null ? null : List.of(majors),
                                            row.getInteger(3)));
                });
        return bySite;
    }

    /** The whole fleet, for planning. */
    public List<FleetDatabase> all(Db.Tx tx) {
        return tx.list(
                "SELECT uid, site, server, name, heads, accepted, fingerprint, labels, "
                        + DatabaseState.PROBLEM
                        + " AS problem, server_major, coalesce("
                        + DRIFTED
                        + ", false) AS drifted FROM fleet_database d WHERE forgotten_at IS NULL",
                FleetStore::database);
    }

    private static FleetDatabase database(Row row) {
        Map<String, String> labels = new HashMap<>();
        JsonObject json = row.getJsonObject("labels");
        json.forEach(e -> labels.put(e.getKey(), String.valueOf(e.getValue())));
        return new FleetDatabase(
                row.getString("uid"),
                row.getString("site"),
                row.getString("server"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("heads")),
                row.getLong("accepted"),
                row.getString("fingerprint"),
                row.getInteger("server_major"),
                labels,
                row.getString("problem"),
                row.getBoolean("drifted"));
    }
}
