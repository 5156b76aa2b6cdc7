// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.Identity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * From the first packet to a fenced journal: connects directly, refuses poolers and standbys, takes
 * the lock, creates the journal where there is none, checks that it belongs to this database.
 */
final class Contact implements AutoCloseable {
    /**
     * A stopped holder loses its session, and with it the lock, after half a minute; a statement
     * whose client is gone is given up by the server.
     */
    private static final Map<String, String> SESSION =
            Map.of(
                    "idle_session_timeout", "30s",
                    "idle_in_transaction_session_timeout", "30s",
                    "client_connection_check_interval", "5s",
                    "standard_conforming_strings", "on",
                    "client_min_messages", "warning");

    private static final String FACTS =
            "SELECT pg_backend_pid() AS pid, pg_is_in_recovery() AS standby, (SELECT"
                + " system_identifier::text FROM pg_control_system()) AS system, (SELECT"
                + " oid::bigint FROM pg_database WHERE datname = current_database()) AS oid,"
                + " current_database()::text AS name, current_user::text AS who,"
                + " has_database_privilege(current_database(), 'CREATE') AS may_create,"
                + " to_regclass('skein.state') IS NOT NULL AS known, $1::text AS target, CASE WHEN"
                + " pg_is_in_recovery() OR pg_backend_pid() <> $2 THEN false ELSE "
                    + TenantLock.expression()
                    + " END AS locked";

    private final PgSession session;
    private final Order order;
    private final Chain chain;
    private final Journal journal;
    private final TenantLock lock;
    private Identity identity = new Identity("", 0, "");

    private Contact(PgSession session, Order order, Clock clock) {
        this.session = session;
        this.order = order;
        this.chain = new Chain(order.author(), clock);
        this.journal = new Journal(session, order.target());
        this.lock = new TenantLock(session, order.target());
    }

    /** Connects and takes the lock. The caller closes it on every path. */
    static Contact open(PgClient client, Order order, Clock clock, Progress progress) {
        var contact = openForeign(client, order, clock, progress);
        try {
            contact.refuseForeign();
            return contact;
        } catch (RuntimeException e) {
            contact.close();
            throw e;
        }
    }

    /** The same for a journal that may belong to another place. */
    static Contact openForeign(PgClient client, Order order, Clock clock, Progress progress) {
        var session = client.open(order.address(), "skein " + who(order.author()), settings(order));
        var contact = new Contact(session, order, clock);
        try {
            contact.lockAndCheck(progress);
            return contact;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** For a role named like our schema, "$user" in the search path would lead into the journal. */
    private static Map<String, String> settings(Order order) {
        if (!order.address().user().equals("skein")) {
            return SESSION;
        }
        var settings = new HashMap<>(SESSION);
        settings.put("search_path", "public");
        return settings;
    }

    private static String who(Author author) {
        return author.rollout() == null ? author.actor() : author.rollout();
    }

    private void lockAndCheck(Progress progress) {
        Row facts = session.query(FACTS, order.target(), session.processId()).iterator().next();
        if (facts.getInteger("pid") != session.processId()) {
            throw new Refusal(
                    session.subject(), "this is a connection pooler", PgSession.POOLER_HINT);
        }
        if (facts.getBoolean("standby")) {
            throw new Refusal(
                    session.subject(),
                    "this server is a standby and read-only",
                    "Give the primary's address");
        }
        if (!facts.getBoolean("locked")) {
            lock.acquire(order.limits().lockWait(), progress);
        }
        // Another run may have created the journal while we waited for the lock.
        var known = facts.getBoolean("known") || (!facts.getBoolean("locked") && journal.exists());
        journalOf(facts, known);
    }

    private void journalOf(Row facts, boolean known) {
        identity =
                new Identity(
                        facts.getString("system"), facts.getLong("oid"), facts.getString("name"));
        if (!known) {
            if (!facts.getBoolean("may_create")) {
                var name = facts.getString("name");
                throw new Refusal(
                        session.subject(),
                        "user " + facts.getString("who") + " may not create the schema 'skein'",
                        "GRANT CREATE ON DATABASE " + name + " TO " + facts.getString("who"));
            }
            journal.create(identity, chain);
        }
    }

    private void refuseForeign() {
        var bound = journal.boundTo();
        if (!bound.equals(identity)) {
            throw new Refusal(
                    session.subject(),
                    "its journal belongs to %s in cluster %s (OID %d), this is %s in %s (OID %d)"
                            .formatted(
                                    bound.place(),
                                    bound.systemIdentifier(),
                                    bound.databaseOid(),
                                    identity.place(),
                                    identity.systemIdentifier(),
                                    identity.databaseOid()),
                    "Say what happened: skein adopt --moved, --restored or --clone");
        }
    }

    /** Fences out earlier holders; nothing if a higher generation was accepted before. */
    Optional<JournalState> fence() {
        return journal.fence(order.author().generation());
    }

    /** Appends an entry that belongs to no script. */
    JournalState append(JournalState before, Draft draft) {
        return JournalWriter.append(session, journal, chain, before, draft);
    }

    /** Which database this is. */
    Identity identity() {
        return identity;
    }

    PgSession session() {
        return session;
    }

    Journal journal() {
        return journal;
    }

    Chain chain() {
        return chain;
    }

    void release() {
        lock.release();
    }

    @Override
    public void close() {
        session.close();
    }
}
