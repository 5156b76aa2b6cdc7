// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.skein.api.store.FleetStore.Told;
import dev.skein.api.store.FleetStore.Written;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The databases of the fleet: the table {@code fleet_database}, which nobody else writes. What an
 * agent saw of a database becomes its row. An agent knows the databases of its site: that two sites
 * see the same uid, as after a copy of a whole server, shows only here. A database that an agent
 * could not look into says nothing against what another site sees.
 */
final class FleetDatabases {
    /** Agents report again every five minutes: who was silent for twice that sees it no more. */
    private static final String LATELY = "excluded.reported_at - interval '12 minutes'";

    /** What has another database at its place now is gone from there. */
    private static final String REPLACED =
            """
            WITH r AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[])
                    AS r(uid, site, server, name, said_at, fresh)
            ), gone AS MATERIALIZED (
                SELECT d.uid, r.said_at, r.fresh FROM fleet_database d JOIN r USING (site, server, name)
                WHERE d.uid <> r.uid AND d.reported_at <= r.said_at
                    AND (d.problem IS NULL OR NOT starts_with(d.problem, 'it is gone'))
                ORDER BY d.uid FOR NO KEY UPDATE OF d
            )
            UPDATE fleet_database d
            SET problem = 'it is gone from server ' || d.server || ': another database has its name there',
                seen_at = CASE WHEN g.fresh THEN now() ELSE greatest(d.seen_at, least(g.said_at, now())) END
            FROM gone g WHERE d.uid = g.uid
            """;

    private static final String UPSERT =
            """
            INSERT INTO fleet_database AS d (uid, site, server, name, agent, heads, incarnation, seq, hash, accepted,
                fingerprint, size_bytes, server_major, labels, problem, reported_at, observed, seen_at, present_at)
            SELECT r.uid, r.site, r.server, r.name, r.agent, ARRAY(SELECT json_array_elements_text(r.heads::json)),
                r.incarnation, r.seq, r.hash, r.accepted, r.fingerprint, r.size_bytes, r.server_major, r.labels::jsonb,
                r.problem, coalesce(r.said_at, now()), r.observed,
                CASE WHEN $1 THEN now() ELSE least(coalesce(r.said_at, to_timestamp(0)), now()) END,
                CASE WHEN $2 THEN to_timestamp(0) WHEN $1 THEN now()
                    ELSE least(coalesce(r.said_at, to_timestamp(0)), now()) END
            FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                $11::bigint[], $12::text[], $13::bigint[], $14::text[], $15::bigint[], $16::integer[], $17::text[],
                $18::text[], $19::timestamptz[], $20::text[])
                AS r(uid, site, server, name, agent, heads, incarnation, seq, hash, accepted, fingerprint, size_bytes,
                server_major, labels, problem, said_at, observed)
            ORDER BY r.uid
            ON CONFLICT (uid) DO UPDATE SET site = excluded.site, server = excluded.server, name = excluded.name,
                agent = excluded.agent, size_bytes = excluded.size_bytes, server_major = excluded.server_major,
                labels = excluded.labels, reported_at = excluded.reported_at,
                seen_at = CASE WHEN $1 THEN now() ELSE greatest(d.seen_at, excluded.seen_at) END,
                present_at = CASE WHEN $1 AND NOT $2 THEN now() ELSE greatest(d.present_at, excluded.present_at) END,
                forgotten_at = CASE WHEN $1 AND NOT $2 THEN NULL ELSE d.forgotten_at END,
                problem = CASE WHEN seen_now AND other_seen > lately THEN other_told ELSE excluded.problem END,
                other_place = other_name, other_at = other_seen,
                heads = CASE WHEN news THEN excluded.heads ELSE d.heads END,
                seq = CASE WHEN news THEN excluded.seq ELSE d.seq END,
                hash = CASE WHEN news THEN excluded.hash ELSE d.hash END,
                fingerprint = CASE WHEN news THEN excluded.fingerprint ELSE d.fingerprint END,
                observed = CASE WHEN news THEN excluded.observed ELSE d.observed END,
                accepted = greatest(d.accepted, excluded.accepted), incarnation = coalesce(excluded.incarnation, d.incarnation)
            WHERE ($1 OR $3 AND excluded.reported_at >= d.reported_at)
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

    private static final String ABSENT =
            """
            UPDATE fleet_database d SET problem = r.problem,
                seen_at = CASE WHEN r.fresh THEN now() ELSE greatest(d.seen_at, least(r.said_at, now())) END
            FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[])
                AS r(uid, site, problem, said_at, fresh)
            WHERE d.uid = r.uid AND d.site = r.site AND (r.fresh OR r.said_at >= d.reported_at)
            """;

    private static final String LEAVE =
            """
            WITH r AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[],
                    $7::boolean[], $8::text[])
                    AS r(uid, incarnation, heads, seq, hash, accepted, scanned, fingerprint)
            ), known AS MATERIALIZED (
                SELECT d.uid FROM fleet_database d JOIN r USING (uid) ORDER BY d.uid FOR NO KEY UPDATE OF d
            )
            UPDATE fleet_database d SET heads = ARRAY(SELECT json_array_elements_text(r.heads::json)), seq = r.seq,
                hash = r.hash, accepted = greatest(d.accepted, coalesce(r.accepted, d.accepted)), observed = NULL,
                fingerprint = CASE WHEN r.scanned THEN r.fingerprint ELSE d.fingerprint END
            FROM r JOIN known USING (uid)
            WHERE d.uid = r.uid AND d.seq < r.seq AND (d.incarnation IS NULL OR d.incarnation = r.incarnation)
            """;

    private FleetDatabases() {}

    /** Whether somebody has looked into it and found its uid; twins are told here and by agents. */
    private static String seen(String problem) {
        return "(%1$s IS NULL OR starts_with(%1$s, 'its uid is that of '))".formatted(problem);
    }

    private record Place(String site, String server, String name) {}

    /** How a statement takes reports. */
    private record Manner(boolean fresh, boolean gone, boolean dated) {
        static Manner of(Told<DatabaseReport> told) {
            var stamp = told.stamp();
            return new Manner(stamp.fresh(), told.says().saysGone(), stamp.at() != null);
        }
    }

    /** Writes reports in their order. */
    static void report(Db.Tx tx, List<Told<DatabaseReport>> reports) {
        for (var round : BatchRows.rounds(reports, FleetDatabases::touched)) {
            var byAbsence =
                    round.stream().collect(Collectors.partitioningBy(r -> r.says().saysAbsent()));
            putRound(tx, byAbsence.getOrDefault(false, List.of()));
            putAbsent(tx, byAbsence.getOrDefault(true, List.of()));
        }
    }

    private static List<?> touched(Told<DatabaseReport> told) {
        var says = told.says();
        return says.saysAbsent()
                ? List.of(says.uid())
                : List.of(says.uid(), new Place(says.site(), says.server(), says.name()));
    }

    private static void putRound(Db.Tx tx, List<Told<DatabaseReport>> round) {
        replace(tx, round.stream().filter(told -> told.says().problem() == null).toList());
        round.stream()
                .collect(groupingBy(Manner::of, LinkedHashMap::new, toList()))
                .forEach((manner, reports) -> put(tx, manner, reports));
    }

    private static void replace(Db.Tx tx, List<Told<DatabaseReport>> reports) {
        if (!reports.isEmpty()) {
            var rows = new BatchRows<>(reports);
            tx.query(
                    REPLACED,
                    rows.texts(r -> r.says().uid()),
                    rows.texts(r -> r.says().site()),
                    rows.texts(r -> r.says().server()),
                    rows.texts(r -> r.says().name()),
                    rows.times(r -> r.stamp().column()),
                    rows.flags(r -> r.stamp().fresh()));
        }
    }

    private static void put(Db.Tx tx, Manner manner, List<Told<DatabaseReport>> reports) {
        var rows = new BatchRows<>(reports);
        tx.query(
                UPSERT,
                manner.fresh(),
                manner.gone(),
                manner.dated(),
                rows.texts(r -> r.says().uid()),
                rows.texts(r -> r.says().site()),
                rows.texts(r -> r.says().server()),
                rows.texts(r -> r.says().name()),
                rows.texts(r -> r.says().agent()),
                rows.texts(r -> Json.text(r.says().heads())),
                rows.texts(r -> r.says().incarnation()),
                rows.longs(r -> r.says().seq()),
                rows.texts(r -> r.says().hash()),
                rows.longs(r -> r.says().accepted()),
                rows.texts(r -> r.says().fingerprint()),
                rows.longs(r -> r.says().sizeBytes()),
                rows.integers(r -> r.says().serverMajor()),
                rows.texts(r -> Json.text(r.says().labels())),
                rows.texts(r -> r.says().problem()),
                rows.times(r -> r.stamp().column()),
                rows.texts(r -> r.says().observed()));
    }

    /** Writes which databases are not there. */
    private static void putAbsent(Db.Tx tx, List<Told<DatabaseReport>> reports) {
        if (!reports.isEmpty()) {
            var rows = new BatchRows<>(reports);
            tx.query(
                    ABSENT,
                    rows.texts(r -> r.says().uid()),
                    rows.texts(r -> r.says().site()),
                    rows.texts(r -> r.says().problem()),
                    rows.times(r -> r.stamp().column()),
                    rows.flags(r -> r.stamp().fresh()));
        }
    }

    /** Writes what journal entries leave, at most one of a database. */
    static void leave(Db.Tx tx, List<Written> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var rows = new BatchRows<>(entries.stream().map(Written::entry).toList());
        tx.query(
                LEAVE,
                rows.texts(Envelope::uid),
                rows.texts(Envelope::incarnation),
                rows.texts(e -> Json.text(e.heads())),
                rows.longs(Envelope::seq),
                new BatchRows<>(entries).texts(Written::hash),
                rows.longsOrNone(Envelope::generation),
                rows.flags(e -> e.kind() == EntryKind.OBSERVED),
                rows.texts(Envelope::fingerprint));
    }

    /** Writes that one is forgotten. */
    static void forget(Db.Tx tx, String uid) {
        tx.query("UPDATE fleet_database SET forgotten_at = now() WHERE uid = $1", uid);
    }
}
