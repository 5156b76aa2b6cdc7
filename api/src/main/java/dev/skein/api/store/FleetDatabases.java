// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;

/**
 * The databases of the fleet: the table {@code fleet_database}, which nobody else writes. What an
 * agent saw of a database becomes its row. An agent knows the databases of its site: that two sites
 * see the same uid, as after a copy of a whole server, shows only here. A database that an agent
 * could not look into says nothing against what another site sees.
 */
final class FleetDatabases {
    /** Agents report again every five minutes: who was silent for twice that sees it no more. */
    private static final String LATELY = "excluded.reported_at - interval '12 minutes'";

    private static final String UPSERT =
            """
            WITH replaced AS (
                UPDATE fleet_database SET problem = 'it is gone from server ' || server || ': another database has its name there',
                    seen_at = CASE WHEN $18 THEN now() ELSE greatest(seen_at, least($16, now())) END
                WHERE $15::text IS NULL AND site = $2 AND server = $3 AND name = $4 AND uid <> $1 AND reported_at <= $16
                    AND (problem IS NULL OR NOT starts_with(problem, 'it is gone'))
            )
            INSERT INTO fleet_database AS d (uid, site, server, name, agent, heads, incarnation, seq, hash, accepted,
                fingerprint, size_bytes, server_major, labels, problem, reported_at, observed, seen_at, present_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb, $15,
                coalesce($16, now()), $17, CASE WHEN $18 THEN now() ELSE least(coalesce($16, to_timestamp(0)), now()) END,
                CASE WHEN $19 THEN to_timestamp(0) WHEN $18 THEN now() ELSE least(coalesce($16, to_timestamp(0)), now()) END)
            ON CONFLICT (uid) DO UPDATE SET site = excluded.site, server = excluded.server, name = excluded.name,
                agent = excluded.agent, size_bytes = excluded.size_bytes, server_major = excluded.server_major,
                labels = excluded.labels, reported_at = excluded.reported_at,
                seen_at = CASE WHEN $18 THEN now() ELSE greatest(d.seen_at, excluded.seen_at) END,
                present_at = CASE WHEN $18 AND NOT $19 THEN now() ELSE greatest(d.present_at, excluded.present_at) END,
                forgotten_at = CASE WHEN $18 AND NOT $19 THEN NULL ELSE d.forgotten_at END,
                problem = CASE WHEN seen_now AND other_seen > lately THEN other_told ELSE excluded.problem END,
                other_place = other_name, other_at = other_seen,
                heads = CASE WHEN news THEN excluded.heads ELSE d.heads END,
                seq = CASE WHEN news THEN excluded.seq ELSE d.seq END,
                hash = CASE WHEN news THEN excluded.hash ELSE d.hash END,
                fingerprint = CASE WHEN news THEN excluded.fingerprint ELSE d.fingerprint END,
                observed = CASE WHEN news THEN excluded.observed ELSE d.observed END,
                accepted = greatest(d.accepted, excluded.accepted), incarnation = coalesce(excluded.incarnation, d.incarnation)
            WHERE ($18 OR $16 >= d.reported_at)
                AND (d.site = excluded.site OR seen_now OR NOT seen_before OR d.reported_at <= lately)
            """
                    .replace(
                            "other_told",
                            "'its uid is that of ' || other_name || ', too: of the copy, and of it"
                                    + " alone, say skein adopt --clone --yes'")
                    .replace(
                            "other_name",
                            "CASE WHEN elsewhere THEN d.name || ' on server ' || d.server || ' of"
                                    + " site ' || d.site ELSE d.other_place END")
                    .replace(
                            "other_seen",
                            "CASE WHEN elsewhere THEN d.reported_at ELSE d.other_at END")
                    .replace("elsewhere", "d.site <> excluded.site AND seen_before")
                    .replace("seen_before", seen("d.problem"))
                    .replace("seen_now", seen("excluded.problem"))
                    .replace("lately", LATELY)
                    .replace(
                            "news",
                            "(d.incarnation IS NULL OR excluded.incarnation IS NOT NULL AND"
                                    + " (d.incarnation <> excluded.incarnation OR excluded.seq >="
                                    + " d.seq))");

    private FleetDatabases() {}

    /** Whether somebody has looked into it and found its uid; twins are told here and by agents. */
    private static String seen(String problem) {
        return "(%1$s IS NULL OR starts_with(%1$s, 'its uid is that of '))".formatted(problem);
    }

    /** Writes it. */
    static void put(Db.Tx tx, DatabaseReport report, RecordTime stamp) {
        tx.query(
                UPSERT,
                report.uid(),
                report.site(),
                report.server(),
                report.name(),
                report.agent(),
                report.heads().toArray(String[]::new),
                report.incarnation(),
                report.seq(),
                report.hash(),
                report.accepted(),
                report.fingerprint(),
                report.sizeBytes(),
                report.serverMajor(),
                Json.text(report.labels()),
                report.problem(),
                stamp.column(),
                report.observed(),
                stamp.fresh(),
                report.saysGone());
    }

    /** Writes that a database is not there. */
    static void putAbsent(Db.Tx tx, DatabaseReport report, RecordTime stamp) {
        tx.query(
                """
                UPDATE fleet_database SET problem = $3,
                    seen_at = CASE WHEN $5 THEN now() ELSE greatest(seen_at, least($4, now())) END
                WHERE uid = $1 AND site = $2 AND ($5 OR $4 >= reported_at)
                """,
                report.uid(),
                report.site(),
                report.problem(),
                stamp.column(),
                stamp.fresh());
    }

    /** Writes what a journal entry leaves. */
    static void put(Db.Tx tx, Envelope entry, String hash) {
        tx.query(
                """
                UPDATE fleet_database
                SET heads = $3, seq = $4, hash = $5, accepted = greatest(accepted, coalesce($6,
                    accepted)), observed = NULL, fingerprint = CASE WHEN $7 THEN $8 ELSE fingerprint END
                WHERE uid = $1 AND seq < $4 AND (incarnation IS NULL OR incarnation = $2)
                """,
                entry.uid(),
                entry.incarnation(),
                entry.heads().toArray(String[]::new),
                entry.seq(),
                hash,
                entry.generation(),
                entry.kind() == EntryKind.OBSERVED,
                entry.fingerprint());
    }

    /** Writes that one is forgotten. */
    static void forget(Db.Tx tx, String uid) {
        tx.query("UPDATE fleet_database SET forgotten_at = now() WHERE uid = $1", uid);
    }
}
