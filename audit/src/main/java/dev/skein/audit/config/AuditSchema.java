// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.ClassResources;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.embed.Migrations;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The audit service's own schema: Skein's revisions, applied by Skein's engine. */
public final class AuditSchema {
    private static final List<String> FILES =
            List.of(
                    "20261101000000_audit0001_log.sql",
                    "20261123000000_audit0002_proofs.sql",
                    "20261123010000_audit0003_restored.sql",
                    "20261123020000_audit0004_drift.sql",
                    "20261124000000_audit0005_faster.sql",
                    "20261128000000_audit0006_findings.sql",
                    "20261128010000_audit0007_letters.sql",
                    "20261128020000_audit0008_sources.sql",
                    "20261128030000_audit0009_recalls.sql",
                    "20261128040000_audit0010_looks.sql",
                    "20261129000000_audit0011_forgotten.sql",
                    "20261130000000_audit0012_following.sql",
                    "20261130010000_audit0013_found.sql",
                    "20261130020000_audit0014_parts.sql",
                    "20261130030000_audit0015_checked.sql",
                    "20261130040000_audit0016_partitioned.sql",
                    "20261130050000_audit0017_lists.sql",
                    "20261130100000_audit0020_settled.sql");

    private static final Duration SCHEMA_TIMEOUT = Duration.ofMinutes(1);

    private AuditSchema() {}

    /** Brings the database up to date. */
    public static void apply(PgClient client, DatabaseAddress address) {
        try {
            upgrade(revisions(client), address);
        } catch (UnknownHeads e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "The database of the audit log, " + address,
                    "it is at "
                            + String.join(", ", e.unknown())
                            + ", which only a later version of this service knows",
                    "Start that version; nothing was changed",
                    e);
        }
    }

    /** What {@link #grant} gave to who serves is none of what a revision left, and is meant. */
    private static void upgrade(Migrations revisions, DatabaseAddress address) {
        try {
            revisions.upgrade(address, "heads");
        } catch (UnacceptedDrift e) {
            if (!isOfGrants(e.drift())) {
                throw e;
            }
            var found = e.drift().found().toString();
            revisions
                    .accepting(new AcceptedDrift("what who serves may do", found))
                    .upgrade(address, "heads");
        }
    }

    private static boolean isOfGrants(SchemaDrift drift) {
        return drift.isTold()
                && !drift.differences().isEmpty()
                && drift.differences().stream()
                        .allMatch(d -> d.attributes().equals(Set.of(Attribute.GRANTS)));
    }

    /** The revisions that lead to it. */
    public static Migrations revisions(PgClient client) {
        var files = new HashMap<String, String>();
        FILES.forEach(f -> files.put(f, ClassResources.text(AuditSchema.class, "/revisions/" + f)));
        return Migrations.of(files).as("skein audit").over(client);
    }

    /** Whether a checkpoint was signed; a database without the schema has none. */
    static boolean hasSigned(Db.Tx tx) {
        var there = tx.query("SELECT to_regclass('checkpoint') IS NOT NULL").iterator().next();
        return there.getBoolean(0) && tx.query("SELECT FROM checkpoint LIMIT 1").size() > 0;
    }

    private static void refuseOwner(PgSession session, String role) {
        var rows =
                session.query(
                        """
                        SELECT pg_has_role($1, c.relowner, 'MEMBER') OR pg_has_role($1, n.nspowner, 'MEMBER')
                            OR pg_has_role($1, d.datdba, 'MEMBER')
                        FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace, pg_database d
                        WHERE c.oid = 'entry'::regclass AND d.datname = current_database()
                        """,
                        role);
        if (rows.iterator().next().getBoolean(0)) {
            throw SkeinException.usage(
                    "Role " + role,
                    "it owns the history, its schema or its database: it could change all of it",
                    "Let skein.audit.owner-url name the owner, and .database-url another role");
        }
    }

    /** Lets a role serve: it adds to the history, and keeps the books about it. */
    public static void grant(PgClient client, DatabaseAddress owner, String role) {
        var to = " TO " + SqlLiterals.name(role);
        try (var session = client.open(owner, "skein audit", Map.of())) {
            refuseOwner(session, role);
            session.script(
                    """
                    GRANT USAGE ON SCHEMA public%1$s; GRANT SELECT, INSERT ON entry, body, tile, checkpoint,
                        facet, anomaly, entry_span%1$s; GRANT SELECT ON entry_part%1$s;
                    GRANT EXECUTE ON FUNCTION make_entry_part%1$s;
                    GRANT SELECT, INSERT, UPDATE, DELETE ON log_state, source, parked,
                        kafka_position, fleet, catalog, finding, finding_news, dead_letter, topic_notice,
                        drift_rule, self_check, spoilt_entry, decision_due%1$s
                    """
                            .formatted(to),
                    SCHEMA_TIMEOUT);
        }
    }
}
