// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.registry.DatabaseRow;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
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
            "SELECT site, server, name, CASE WHEN "
                    + DatabaseRow.GONE
                    + " THEN present_at END, seen_at FROM fleet_database WHERE uid = $1 AND"
                    + " forgotten_at IS NULL FOR UPDATE";

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
        var rows = tx.query(DATABASE, uid);
        if (rows.size() == 0) {
            throw new NotThere("Database " + uid, "See which are gone: skein targets --gone");
        }
        var row = rows.iterator().next();
        var since = row.getOffsetDateTime(3);
        if (since == null) {
            throw SkeinException.failed(
                    "Database " + row.getString(0) + "/" + row.getString(2),
                    "it is there: an agent told of it at " + row.getOffsetDateTime(4).toInstant(),
                    "It can be forgotten once an agent says that it is gone, or none has told of it"
                            + " for an hour");
        }
        return new Database(
                uid,
                row.getString(0),
                row.getString(1),
                row.getString(2),
                since.toInstant(),
                reason);
    }

    private static void refuseOpen(Db.Tx tx, Database gone) {
        tx.query("SELECT rollout FROM directive WHERE uid = $1 AND payload IS NOT NULL", gone.uid())
                .forEach(row -> {
                    throw SkeinException.failed(
                            "Database " + gone.site() + "/" + gone.name(),
                            "rollout " + row.getString(0) + " waits for it",
                            "Give it up there first: skein rollout skip %s %s --reason \"…\""
                                    .formatted(row.getString(0), gone.uid()));
                });
    }

    /** Writes what follows from a decision that is recorded. */
    public void apply(Db.Tx tx, Database gone) {
        tx.query("UPDATE fleet_database SET forgotten_at = now() WHERE uid = $1", gone.uid());
    }
}
