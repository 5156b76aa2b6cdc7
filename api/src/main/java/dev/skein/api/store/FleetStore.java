// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.fleet.Database;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.postgres.Db;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What agents report, as rows. A journal entry is newer than a report with a lower number. */
@ApplicationScoped
public class FleetStore {
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final Duration LATE = Duration.ofMinutes(2);

    /**
     * Seen otherwise than left, in the same manner of seeing, and nobody has adopted it. What is
     * ignored for a time is put off: a rollout would make it how the schema must be for ever.
     */
    private static final String DRIFTED =
            "observed <> fingerprint AND substring(observed FROM '^[0-9]+-[0-9]+-') ="
                    + " substring(fingerprint FROM '^[0-9]+-[0-9]+-') AND NOT EXISTS (SELECT FROM"
                    + " drift_rule r WHERE r.uid = d.uid AND r.observed = d.observed AND r.until"
                    + " IS NULL)";

    private final Clock clock;

    public FleetStore(Clock clock) {
        this.clock = clock;
    }

    /** Writes a report. */
    public void put(Db.Tx tx, DatabaseReport report) {
        Sighting.put(tx, report);
    }

    /** Writes what a journal entry leaves. */
    public void put(Db.Tx tx, Envelope entry, String hash) {
        tx.query(
                "UPDATE fleet_database SET heads = $3, seq = $4, hash = $5, accepted ="
                    + " greatest(accepted, coalesce($6, accepted)), observed = NULL, fingerprint ="
                    + " CASE WHEN $7 THEN $8 ELSE fingerprint END WHERE uid = $1 AND seq < $4 AND"
                    + " (incarnation IS NULL OR incarnation = $2)",
                entry.uid(),
                entry.incarnation(),
                entry.heads().toArray(String[]::new),
                entry.seq(),
                hash,
                entry.generation(),
                entry.kind() == EntryKind.OBSERVED,
                entry.fingerprint());
    }

    /** Writes a heartbeat. */
    public void put(Db.Tx tx, Heartbeat beat) {
        var saves = beat.saves();
        tx.query(
                """
                INSERT INTO fleet_agent(id, site, started_at, databases, running, seen_at, dumps, saves)
                VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, 0), $8)
                ON CONFLICT (id) DO UPDATE SET site = excluded.site, started_at = excluded.started_at,
                    databases = excluded.databases, running = excluded.running, seen_at = excluded.seen_at,
                    dumps = excluded.dumps, saves = excluded.saves
                """,
                beat.agent(),
                beat.site(),
                beat.started().atOffset(ZoneOffset.UTC),
                beat.databases(),
                beat.running(),
                heard(beat.at()).atOffset(ZoneOffset.UTC),
                beat.dumps(),
                saves == null ? null : saves.toArray(Integer[]::new));
    }

    /** By the clock here, unless it is so old that it can only be read late. */
    private Instant heard(Instant at) {
        var now = clock.instant();
        return at.isBefore(now.minus(LATE)) ? at : now;
    }

    /**
     * The servers, by major version, of which every agent of a site that was heard of lately can
     * take backups: it needs the programs of that very version. Of one that tells only the newest,
     * those up to it are believed. By site, the oldest first.
     */
    public Map<String, List<Integer>> saves(Db.Tx tx) {
        Map<String, List<Integer>> bySite = new HashMap<>();
        tx.query(
                        """
                        WITH heard AS (
                            SELECT site, coalesce(saves, ARRAY(SELECT generate_series(1, dumps))) AS majors
                            FROM fleet_agent WHERE seen_at > now() - interval '10 minutes'
                        ), site AS (SELECT site, count(*) AS agents FROM heard GROUP BY site)
                        SELECT s.site, ARRAY(
                            SELECT major FROM heard h CROSS JOIN unnest(h.majors) AS major
                            WHERE h.site = s.site GROUP BY major HAVING count(*) = s.agents ORDER BY major)
                        FROM site s
                        """)
                .forEach(row -> bySite.put(row.getString(0), List.of(row.getArrayOfIntegers(1))));
        return bySite;
    }

    /** Sites whose agents were heard of once, and not for a minute. */
    public List<String> silentSites(Db.Tx tx) {
        return tx.list(
                "SELECT site FROM fleet_agent GROUP BY site HAVING max(seen_at) < $1",
                row -> row.getString(0),
                clock.instant().minus(SILENCE).atOffset(ZoneOffset.UTC));
    }

    /** The whole fleet, for planning. */
    public List<Database> all(Db.Tx tx) {
        return tx.list(
                "SELECT uid, site, server, name, heads, accepted, fingerprint, labels, problem,"
                        + " server_major, coalesce("
                        + DRIFTED
                        + ", false) AS drifted FROM fleet_database d",
                FleetStore::database);
    }

    private static Database database(Row row) {
        Map<String, String> labels = new HashMap<>();
        JsonObject json = row.getJsonObject("labels");
        json.forEach(e -> labels.put(e.getKey(), String.valueOf(e.getValue())));
        return new Database(
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
