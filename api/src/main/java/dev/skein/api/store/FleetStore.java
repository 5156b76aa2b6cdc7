// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseState;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
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
     * What an agent tells.
     *
     * @param stamp when it was made
     */
    public record Told<T>(T says, RecordTime stamp) {}

    /** What a journal entry says, and its hash. */
    public record Written(Envelope entry, String hash) {}

    /** Writes reports in their order, each unless a newer one is there. */
    public void reports(Db.Tx tx, List<Told<DatabaseReport>> reports) {
        FleetDatabases.report(tx, reports);
    }

    /** Writes what journal entries leave, at most one of a database. */
    public void entries(Db.Tx tx, List<Written> entries) {
        FleetDatabases.leave(tx, entries);
    }

    /** Writes heartbeats, at most one of an agent, each unless a newer one is there. */
    public void beats(Db.Tx tx, List<Told<Heartbeat>> beats) {
        FleetAgents.beat(tx, beats);
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

    /** The whole fleet, for planning, which takes its time. */
    public List<FleetDatabase> all(Db.Tx tx) {
        tx.takesLong();
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
