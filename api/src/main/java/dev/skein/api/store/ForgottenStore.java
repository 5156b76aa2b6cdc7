// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.fleet.DatabaseState;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotThere;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is gone for good, by somebody's decision: it is not shown and not planned, and the audit
 * service hears of it like of any other decision. It is back as soon as an agent tells of it again.
 */
@ApplicationScoped
public class ForgottenStore {
    private static final String DATABASE =
            """
            SELECT site, server, name, CASE WHEN %s THEN present_at END, seen_at
            FROM fleet_database
            WHERE uid = $1 AND forgotten_at IS NULL FOR UPDATE
            """
                    .formatted(DatabaseState.GONE);

    private static final String WAITING =
            """
            SELECT rollout FROM directive WHERE uid = $1 AND payload IS NOT NULL
            UNION SELECT t.rollout FROM rollout_target t JOIN rollout r ON r.id = t.rollout
            WHERE t.uid = $1 AND t.state IN ('pending', 'open', 'holding')
                AND r.status NOT IN ('proposed', 'completed', 'aborted')
            """;

    private static final String AGENT =
            """
            SELECT site, seen_at, seen_at > now() - interval '1 minute'
            FROM fleet_agent
            WHERE id = $1 AND forgotten_at IS NULL FOR UPDATE
            """;

    private final EventStore events;

    public ForgottenStore(EventStore events) {
        this.events = events;
    }

    /** A database as it is forgotten; the record names what nobody finds by its uid any more. */
    public record Database(
            String uid,
            String site,
            String server,
            String name,
            Instant notSeenSince,
            String reason) {}

    /** An agent as it is forgotten. */
    public record Agent(String id, String site, Instant notSeenSince, String reason) {}

    /**
     * Forgets databases.
     *
     * @throws NotThere where there is none
     * @throws SkeinException where one is there, or an agent may be at work on it
     */
    public void databases(Db.Tx tx, Collection<String> uids, String reason, String actor) {
        heads(tx, "database/", uids)
                .forEach((uid, head) -> {
                    var gone = database(tx, uid, reason);
                    refuseOpen(tx, gone);
                    apply(tx, gone);
                    events.append(tx, head, "database.Forgotten", gone, actor);
                });
    }

    /** All heads are locked before any row. */
    private Map<String, EventStore.Head> heads(Db.Tx tx, String kind, Collection<String> names) {
        var heads = new TreeMap<String, EventStore.Head>();
        names.stream().sorted().forEach(n -> heads.put(n, events.lock(tx, kind + n)));
        return heads;
    }

    private static Database database(Db.Tx tx, String uid, String reason) {
        var row = row(tx, uid);
        var since = row.getOffsetDateTime(3);
        if (since == null) {
            throw isThere(row);
        }
        return new Database(
                uid,
                row.getString(0),
                row.getString(1),
                row.getString(2),
                since.toInstant(),
                reason);
    }

    private static Row row(Db.Tx tx, String uid) {
        var rows = tx.query(DATABASE, uid);
        if (rows.size() == 0) {
            throw new NotThere("Database " + uid, "See which are gone: skein targets --gone");
        }
        return rows.iterator().next();
    }

    private static SkeinException isThere(Row row) {
        return SkeinException.failed(
                "Database " + row.getString(0) + "/" + row.getString(2),
                "it is there: an agent told of it at " + row.getOffsetDateTime(4).toInstant(),
                "It can be forgotten once an agent says that it is gone, or none has told of it"
                        + " for an hour");
    }

    private static void refuseOpen(Db.Tx tx, Database gone) {
        tx.query(WAITING, gone.uid())
                .forEach(row -> {
                    throw SkeinException.failed(
                            "Database " + gone.site() + "/" + gone.name(),
                            "rollout " + row.getString(0) + " waits for it",
                            "Give it up there first: skein rollout skip %s %s --reason \"…\""
                                    .formatted(row.getString(0), gone.uid()));
                });
    }

    /**
     * Forgets agents.
     *
     * @throws NotThere where there is none
     * @throws SkeinException where one is alive
     */
    public void agents(Db.Tx tx, Collection<String> ids, String reason, String actor) {
        heads(tx, "agent/", ids)
                .forEach((id, head) -> {
                    var gone = agent(tx, id, reason);
                    apply(tx, gone);
                    events.append(tx, head, "agent.Forgotten", gone, actor);
                });
    }

    private static Agent agent(Db.Tx tx, String id, String reason) {
        var rows = tx.query(AGENT, id);
        if (rows.size() == 0) {
            throw new NotThere("Agent " + id, "See which there are: skein agents");
        }
        var row = rows.iterator().next();
        var seen = row.getOffsetDateTime(1).toInstant();
        if (row.getBoolean(2)) {
            throw SkeinException.failed(
                    "Agent " + id,
                    "it is alive: it was heard of at " + seen,
                    "Stop it; it can be forgotten a minute later");
        }
        return new Agent(id, row.getString(0), seen, reason);
    }

    /** Writes what follows from a decision that is recorded. */
    public void apply(Db.Tx tx, Agent gone) {
        FleetAgents.forget(tx, gone.id());
    }

    /** Writes what follows from a decision that is recorded. */
    public void apply(Db.Tx tx, Database gone) {
        FleetDatabases.forget(tx, gone.uid());
    }
}
