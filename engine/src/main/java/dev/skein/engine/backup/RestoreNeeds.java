// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.backup;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server must have so that a backup can be restored there as it was.
 *
 * @param roles that own something in it, or that a privilege or policy names
 * @param owners those of them that something must be given to
 * @param extensions in the order in which they were made
 */
public record RestoreNeeds(List<String> roles, List<String> owners, List<Extension> extensions) {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** The role that made the cluster, whose dependents the server does not record. */
    private static final String FIRST = "10";

    /** What an extension brings is made by it, for whoever creates it. */
    private static final String BROUGHT =
            "SELECT FROM pg_depend e WHERE e.deptype = 'e' AND e.classid = %s AND e.objid = %s";

    private static final String ROLES =
            """
            WITH passing AS (
                SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast_)?temp_'
            ), dropped_soon (class, id) AS (
                SELECT 'pg_class'::regclass, c.oid FROM pg_class c JOIN passing p ON p.oid = c.relnamespace
                UNION ALL SELECT 'pg_type'::regclass, t.oid FROM pg_type t JOIN passing p ON p.oid = t.typnamespace
                UNION ALL SELECT 'pg_proc'::regclass, f.oid FROM pg_proc f JOIN passing p ON p.oid = f.pronamespace
                UNION ALL SELECT 'pg_namespace'::regclass, oid FROM passing
            ), named AS (
                SELECT s.refobjid AS role, s.deptype = 'o' AND s.classid <> 'pg_user_mapping'::regclass AS owns
                FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
                WHERE d.datname = current_database() AND s.refclassid = 'pg_authid'::regclass
                    AND s.deptype IN ('a', 'o', 'r') AND s.classid <> 'pg_extension'::regclass
                    AND NOT (s.deptype = 'o' AND EXISTS (%s))
                    AND NOT EXISTS (SELECT FROM dropped_soon x WHERE x.class = s.classid AND x.id = s.objid)
                UNION ALL
                SELECT o.owner, true FROM (
                    SELECT 'pg_class'::regclass, oid, relowner FROM pg_class WHERE relkind <> 't'
                    UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
                    UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
                        WHERE nspname NOT LIKE 'pg\\_%%'
                ) o (class, oid, owner)
                WHERE o.owner = %s AND o.oid >= 16384 AND NOT EXISTS (%s)
                    AND NOT EXISTS (SELECT FROM dropped_soon x WHERE x.class = o.class AND x.id = o.oid)
            )
            SELECT r.rolname::text, bool_or(n.owns) FROM named n JOIN pg_roles r ON r.oid = n.role
            GROUP BY 1 ORDER BY 1
            """
                    .formatted(
                            BROUGHT.formatted("s.classid", "s.objid"),
                            FIRST,
                            BROUGHT.formatted("o.class", "o.oid"));

    private static final String EXTENSIONS =
            """
            SELECT e.extname::text, n.nspname::text, e.extversion
            FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace
            ORDER BY e.oid
            """;

    /** Nothing that is known. */
    static final RestoreNeeds UNKNOWN = new RestoreNeeds(List.of(), List.of(), List.of());

    public RestoreNeeds {
        roles = List.copyOf(roles);
        owners = List.copyOf(owners);
        extensions = List.copyOf(extensions);
    }

    /** An extension as it was. */
    public record Extension(String name, String schema, String version) {}

    /** Those of the database that a session is connected to. */
    static RestoreNeeds of(PgSession session) {
        var roles = new ArrayList<String>();
        var owners = new ArrayList<String>();
        session.script(ROLES, QUERY_TIMEOUT)
                .forEach(row -> {
                    roles.add(row.getString(0));
                    if (row.getBoolean(1)) {
                        owners.add(row.getString(0));
                    }
                });
        return new RestoreNeeds(roles, owners, extensions(session));
    }

    private static List<Extension> extensions(PgSession session) {
        var extensions = new ArrayList<Extension>();
        session.script(EXTENSIONS, QUERY_TIMEOUT)
                .forEach(row ->
                        extensions.add(
                                new Extension(
                                        row.getString(0), row.getString(1), row.getString(2))));
        return extensions;
    }
}
