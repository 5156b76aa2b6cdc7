// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which schema a tenant's journal is about. A name is given away when its schema is renamed or
 * dropped; the number that the server gave the schema is not, so the journal keeps that, too.
 * Journals of older versions learn it at their next run.
 *
 * @param target what the schema is called by the journal
 * @param oid the number that the journal knows in this database; null where it knows none
 * @param named what the schema of that number is called now; null where there is none
 * @param there the number of the schema that has the target's name now; null where there is none
 */
public record BoundSchema(
        String target, @Nullable Long oid, @Nullable String named, @Nullable Long there) {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** What a journal that was put away is called by: no schema can have such a name. */
    private static final String RETIRED = "pg_retired_";

    private static final String IS_KEPT =
            """
            SELECT EXISTS (SELECT FROM pg_attribute
                WHERE attrelid = to_regclass('skein.state') AND attname = 'schema_oid'
                    AND NOT attisdropped)
            """;

    /** Every tenant's journal in a database that has some, but those that were put away. */
    public static List<BoundSchema> journals(PgSession session) {
        return journals(session, "s.target <> '' AND s.target NOT LIKE 'pg\\_%'");
    }

    /** A tenant's journal in a database that has some. */
    public static Optional<BoundSchema> journal(PgSession session, String target) {
        return journals(session, "s.target::text = " + SqlLiterals.text(target)).stream()
                .findFirst();
    }

    private static List<BoundSchema> journals(PgSession session, String which) {
        var oid = isKept(session) ? "s.schema_oid" : "NULL::bigint";
        var journals = new ArrayList<BoundSchema>();
        session.script(question(oid, which), QUERY_TIMEOUT).forEach(row -> journals.add(of(row)));
        return journals;
    }

    /** Numbers of another database mean nothing in a copy. */
    private static String question(String oid, String which) {
        return """
        SELECT s.target::text AS target, known.oid AS oid, n.nspname::text AS named,
            m.oid::bigint AS there
        FROM skein.state s
        CROSS JOIN LATERAL (SELECT CASE WHEN s.database_oid = (SELECT d.oid::bigint
                FROM pg_database d WHERE d.datname = current_database())
            AND s.system_identifier = (SELECT system_identifier::text FROM pg_control_system())
            THEN %s END AS oid) known
        LEFT JOIN pg_namespace n ON n.oid::bigint = known.oid
        LEFT JOIN pg_namespace m ON m.nspname = s.target
        WHERE %s ORDER BY s.target
        """
                .formatted(oid, which);
    }

    private static BoundSchema of(Row row) {
        return new BoundSchema(
                row.getString("target"),
                row.getLong("oid"),
                row.getString("named"),
                row.getLong("there"));
    }

    /** The same; as one that knows nothing where there is none. */
    public static BoundSchema of(PgSession session, String target) {
        return journal(session, target)
                .orElseGet(() -> new BoundSchema(target, null, null, number(session, target)));
    }

    /** The number of a schema; null where there is none. Names are compared uncut. */
    public static @Nullable Long number(PgSession session, String schema) {
        var sql =
                "SELECT oid::bigint FROM pg_namespace WHERE nspname::text = "
                        + SqlLiterals.text(schema);
        var rows = session.script(sql, QUERY_TIMEOUT);
        return rows.size() == 0 ? null : rows.iterator().next().getLong(0);
    }

    private static boolean isKept(PgSession session) {
        return session.script(IS_KEPT, QUERY_TIMEOUT).iterator().next().getBoolean(0);
    }

    /** Makes place for the number, where it may be made; outside a transaction. */
    public static void prepare(PgSession session) {
        if (!isKept(session)) {
            AddedColumn.add(session, "schema_oid bigint");
        }
    }

    /** Lets a journal be about the schema that has its name now. Needs the tenant's lock. */
    public static void bind(PgSession session, String target) {
        if (isKept(session)) {
            session.query(
                    """
                    UPDATE skein.state
                    SET schema_oid = (SELECT oid::bigint FROM pg_namespace WHERE nspname = target)
                    WHERE target = $1
                    """,
                    target);
        }
    }

    /** What a journal is called by once it is put away. */
    public static String retired(String uid) {
        return RETIRED + uid;
    }

    /** Whether the schema of its name may be the one that it is about. */
    public boolean isItsOwn() {
        return there != null && (oid == null || oid.equals(there));
    }

    /** Whether the schema that it is about has another name now. */
    public boolean isRenamed() {
        return named != null && !named.equals(target);
    }
}
