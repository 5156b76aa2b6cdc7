// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a database may be replaced by a restored one, asked before anything is done. */
final class RestorePreflight {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
    private static final String ASK =
            """
            SELECT (SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user),
                pg_has_role(d.datdba, 'USAGE'), (SELECT string_agg(slot_name, ', ') FROM
                pg_replication_slots WHERE slot_type = 'logical' AND database = d.datname),
                (SELECT string_agg(subname, ', ') FROM pg_subscription s WHERE s.subdbid = d.oid),
                (SELECT string_agg(gid, ', ') FROM pg_prepared_xacts WHERE database = d.datname)
            FROM pg_database d
            WHERE d.datname = current_database()
            """;

    private static final Set<String> NOT_GIVEN = Set.of("42501", "42704", "0LP01");

    private static final String MISSING =
            """
            SELECT string_agg(quote_ident(n), ', ')
            FROM unnest($1::text[]) AS n
            WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = n)
            """;
    private static final String NOT_MEMBER =
            """
            SELECT string_agg(quote_ident(n), ', ')
            FROM unnest($1::text[]) AS n
            WHERE NOT pg_has_role(n, 'MEMBER')
            """;

    /** A member need not be allowed to give things away since version 16. */
    private static final String NOT_MEMBER_THAT_SETS = NOT_MEMBER.replace("MEMBER", "SET");

    private static final int SETTABLE = 16;

    private RestorePreflight() {}

    /**
     * Refuses settings, privileges and a comment that the restored database could not be given: it
     * is tried on the one that is there, and taken back.
     */
    static void check(PgSession session, DatabaseProperties like, String name) {
        var given = like.give(name);
        try {
            session.script("BEGIN; SET LOCAL lock_timeout = '10s'", QUERY_TIMEOUT);
            given.forEach(statement -> session.script(statement, QUERY_TIMEOUT));
        } catch (PgServerError e) {
            throw refused(
                    session,
                    "what it has beside its contents cannot be given to another one: "
                            + e.discreetMessage(String.join("\n", given)),
                    NOT_GIVEN.contains(e.sqlState())
                            ? "Give who migrates it the right, or take the setting or privilege"
                                    + " away"
                            : "");
        } finally {
            session.script("ROLLBACK", QUERY_TIMEOUT);
        }
    }

    /** Refuses a backup that names roles that are not there, or that nothing may be given to. */
    static void check(PgSession session, RestoreNeeds needs) {
        refuse(
                session,
                names(session, MISSING, needs.roles()),
                "roles named in the backup that its server does not have",
                "Create them, if only as CREATE ROLE … NOLOGIN, and restore again");
        refuse(
                session,
                names(
                        session,
                        session.major() < SETTABLE ? NOT_MEMBER : NOT_MEMBER_THAT_SETS,
                        needs.owners()),
                "owners in the backup that who migrates it is no member of",
                "GRANT … TO the migrating role, and restore again");
    }

    private static @Nullable String names(PgSession session, String sql, List<String> roles) {
        var all = roles.toArray(String[]::new);
        return session.query(sql, (Object) all).iterator().next().getString(0);
    }

    /**
     * Refuses what cannot be replaced.
     *
     * @param session with the database that is to be replaced
     */
    static void check(PgSession session) {
        var row = session.script(ASK, QUERY_TIMEOUT).iterator().next();
        if (!row.getBoolean(0)) {
            throw refused(
                    session, "who migrates it may not create databases", "ALTER ROLE … CREATEDB");
        }
        if (!row.getBoolean(1)) {
            throw refused(
                    session,
                    "who migrates it is not its owner",
                    "Make the role a member of its owner");
        }
        refuse(
                session,
                row.getString(2),
                "logical replication slots",
                "Drop them, or restore beside");
        refuse(session, row.getString(3), "subscriptions", "Drop them first");
        refuse(session, row.getString(4), "prepared transactions", "Commit them or roll them back");
    }

    private static void refuse(
            PgSession session, @Nullable String names, String what, String remedy) {
        if (names != null) {
            throw refused(session, "it has " + what + ": " + names, remedy);
        }
    }

    private static SkeinException refused(PgSession session, String found, String remedy) {
        return SkeinException.failed(session.subject(), "it cannot be replaced: " + found, remedy);
    }
}
