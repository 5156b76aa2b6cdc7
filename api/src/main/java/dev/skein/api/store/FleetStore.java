// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.DatabaseState;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.fleet.FleetKind;
import dev.skein.api.fleet.SqlFilter;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What agents report, as rows. A journal entry is newer than a report with a lower number. */
@ApplicationScoped
public class FleetStore {
    /** So many databases are read at once. */
    private static final int PART = 2_000;

    /**
     * Seen otherwise than left, in the same manner of seeing, and nobody has adopted it. What is
     * ignored for a time is put off: a rollout would make it how the schema must be for ever.
     */
    private static final String DRIFTED =
            """
            CASE WHEN observed IS NULL OR fingerprint IS NULL OR observed = fingerprint THEN false
                ELSE coalesce(substring(observed FROM '^[0-9]+-[0-9]+-') = substring(fingerprint
                FROM '^[0-9]+-[0-9]+-'), false)
                AND NOT EXISTS (SELECT FROM drift_rule r WHERE r.uid = d.uid
                AND r.observed = d.observed AND r.until IS NULL) END\
            """;

    private static final String READ =
            """
            SELECT uid, site, server, name, heads, accepted, fingerprint, server_major, %s, %s
            FROM fleet_database d
            WHERE forgotten_at IS NULL AND %%s
            """
                    .formatted(DatabaseState.PROBLEM, DRIFTED);

    private static final String SELECTED =
            """
            %s ORDER BY name COLLATE "C", site COLLATE "C", uid
            """
                    .formatted(READ);

    private static final String KINDS =
            """
            SELECT site, server_major, heads, count(*) FROM fleet_database d
            WHERE forgotten_at IS NULL AND (%s) IS NULL AND NOT %s AND %%s
            GROUP BY site, server_major, heads
            """
                    .formatted(DatabaseState.PROBLEM, DRIFTED);

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

    /** How many databases there are. */
    public long count(Db.Tx tx) {
        return tx.query("SELECT count(*) FROM fleet_database WHERE forgotten_at IS NULL")
                .iterator()
                .next()
                .getLong(0);
    }

    /**
     * Reads a selector of the databases that there are.
     *
     * @throws SkeinException if it cannot be read, or names a label that none of them has
     */
    public DatabaseSelector selector(Db.Tx tx, String text) {
        var selector = DatabaseSelector.parse(text);
        refuseUnknown(tx, selector);
        return selector;
    }

    /**
     * Selected databases by name, site and uid, as they are at one moment, some after the other.
     * Their labels are not read: who is selected is decided by then.
     */
    public void selected(Db.Tx tx, DatabaseSelector selector, Consumer<List<FleetDatabase>> taker) {
        var filter = filter(selector);
        tx.parts(
                SELECTED.formatted(filter.where()),
                FleetStore::database,
                PART,
                taker,
                filter.parameters());
    }

    /** How many of the selected databases are alike, without those that stay as they are. */
    public void kinds(Db.Tx tx, DatabaseSelector selector, Consumer<FleetKind> taker) {
        var filter = filter(selector);
        tx.parts(
                KINDS.formatted(filter.where()),
                FleetStore::kind,
                PART,
                kinds -> kinds.forEach(taker),
                filter.parameters());
    }

    /** Those of some databases that are there, by uid; without their labels. */
    public Map<String, FleetDatabase> of(Db.Tx tx, Collection<String> uids) {
        var found = new HashMap<String, FleetDatabase>();
        tx.list(
                        READ.formatted("uid = ANY ($1)"),
                        FleetStore::database,
                        (Object) uids.toArray(String[]::new))
                .forEach(database -> found.put(database.uid(), database));
        return found;
    }

    private static SqlFilter filter(DatabaseSelector selector) {
        var filter = new SqlFilter();
        selector.addTo(filter);
        return filter;
    }

    /**
     * Refuses a selector with a label that no database has. All labels are read only then.
     *
     * @throws SkeinException naming those that there are
     */
    public static void refuseUnknown(Db.Tx tx, DatabaseSelector selector) {
        for (var label : selector.labels()) {
            var sql =
                    "SELECT FROM fleet_database WHERE labels ? $1 AND forgotten_at IS NULL LIMIT 1";
            if (tx.query(sql, label).size() == 0) {
                selector.refuseUnknownLabels(
                        tx.list(
                                """
                                SELECT DISTINCT jsonb_object_keys(labels) FROM fleet_database
                                WHERE forgotten_at IS NULL LIMIT 1000
                                """,
                                row -> row.getString(0)));
            }
        }
    }

    private static FleetKind kind(Row row) {
        return new FleetKind(
                row.getString(0),
                row.getInteger(1),
                List.of(row.getArrayOfStrings(2)),
                row.getLong(3));
    }

    private static FleetDatabase database(Row row) {
        int n = 0;
        return new FleetDatabase(
                row.getString(n++),
                row.getString(n++),
                row.getString(n++),
                row.getString(n++),
                List.of(row.getArrayOfStrings(n++)),
                row.getLong(n++),
                row.getString(n++),
                row.getInteger(n++),
                Map.of(),
                row.getString(n++),
                row.getBoolean(n));
    }
}
