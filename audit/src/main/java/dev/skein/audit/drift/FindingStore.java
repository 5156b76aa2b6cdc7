// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.audit.log.OwnEntries;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Opens findings and ends them, in {@code finding}; each of both is news for the log. */
@ApplicationScoped
public class FindingStore {
    /** Who did what nobody is known to have done. */
    private static final String NOBODY = "audit";

    private static final int SOME = 500;

    private static final String OPEN =
            """
            SELECT id, uid, expected, observed, incarnation, coalesce(seq, 0), over_incarnation,
                coalesce(over_seq, 0), over_at
            FROM finding n
            WHERE state = 'open'
                AND
            """;

    /**
     * A finding that is not over.
     *
     * @param incarnation the journal's, and
     * @param seq its entry, that it was found behind
     * @param over where it was seen to be over; null where it was not
     */
    record Open(
            long id,
            String uid,
            String expected,
            String observed,
            @Nullable String incarnation,
            long seq,
            @Nullable Over over) {
        private static Open of(Row row) {
            var at = row.getOffsetDateTime(8);
            return new Open(
                    row.getLong(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    at == null ? null : new Over(row.getString(6), row.getLong(7), at.toInstant()));
        }
    }

    /**
     * Where a finding was seen to be over.
     *
     * @param seq the number of the journal's last entry then
     */
    record Over(@Nullable String incarnation, long seq, Instant at) {
        static Over of(DatabaseReport report) {
            return new Over(report.incarnation(), report.seq(), report.at());
        }

        /** The history that this entry belongs to. */
        String source(String uid) {
            return "db/" + uid + "/" + incarnation;
        }
    }

    /**
     * How a finding ended.
     *
     * @param by null for nobody who is known
     */
    record Ending(String state, Instant at, @Nullable String by, @Nullable String reason) {}

    /** What the log says of a finding's beginning. */
    private record Opened(long finding, String expected, String observed) {}

    /** What the log says of a finding's end. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Ended(
            long finding,
            String expected,
            String observed,
            String state,
            @Nullable String reason) {}

    /** The open findings of databases, by uid. */
    Map<String, Open> find(Db.Tx tx, List<String> uids) {
        var byUid = new HashMap<String, Open>();
        if (!uids.isEmpty()) {
            tx.list(
                            OPEN + "uid = ANY ($1) ORDER BY uid FOR UPDATE",
                            Open::of,
                            (Object) uids.toArray(String[]::new))
                    .forEach(finding -> byUid.put(finding.uid(), finding));
        }
        return byUid;
    }

    /** Findings that are over behind entries which have come into the log meanwhile. */
    List<Open> settled(Db.Tx tx) {
        return tx.list(
                """
                %sover_at IS NOT NULL
                    AND EXISTS (SELECT FROM source s WHERE s.id = 'db/' || n.uid || '/' ||
                    n.over_incarnation AND (s.next_seq > n.over_seq OR s.state = 'fork'))
                ORDER BY id LIMIT %s FOR UPDATE
                """
                        .formatted(OPEN, SOME),
                Open::of);
    }

    /** One that a catalog may tell more of. */
    record Waiting(long id, String expected, String observed) {}

    /** Open findings that a catalog is about. */
    List<Waiting> waiting(Db.Tx tx, String fingerprint) {
        return tx.list(
                """
                SELECT id, expected, observed FROM finding
                WHERE state = 'open' AND (expected = $1 OR observed = $1)
                """,
                row -> new Waiting(row.getLong(0), row.getString(1), row.getString(2)),
                fingerprint);
    }

    /** Puts a finding to those that differ alike. */
    void join(Db.Tx tx, Waiting finding, String cohort) {
        tx.query("UPDATE finding SET cohort = $2 WHERE id = $1", finding.id(), cohort);
    }

    /** Of these the open findings are seen once more. */
    void again(Db.Tx tx, List<Sighting> seen) {
        if (!seen.isEmpty()) {
            var rows = new BatchRows<>(seen);
            tx.query(
                    """
                    UPDATE finding n SET last_seen = r.at, over_at = NULL
                    FROM unnest($1::text[], $2::timestamptz[]) AS r(uid, at)
                    WHERE n.uid = r.uid AND n.state = 'open'
                    """,
                    rows.texts(one -> one.report().uid()),
                    rows.times(one -> utc(one.report().at())));
        }
    }

    /** It is over as soon as the log has what the journal had then. */
    void over(Db.Tx tx, Open finding, Over over) {
        tx.query(
                """
                UPDATE finding SET over_incarnation = $2, over_seq = $3, over_at = $4 WHERE id = $1
                """,
                finding.id(),
                over.incarnation(),
                over.seq(),
                utc(over.at()));
    }

    /**
     * Opens a finding of each database.
     *
     * @param cohort of which databases it is one, by what is expected and what was seen
     */
    void open(Db.Tx tx, List<Sighting> seen, BinaryOperator<String> cohort) {
        if (seen.isEmpty()) {
            return;
        }
        var rows = new BatchRows<>(seen);
        Map<String, Long> ids = new HashMap<>();
        tx.query(
                        """
                        INSERT INTO finding(uid, expected, observed, cohort, fine_at, first_seen, last_seen,
                            incarnation, seq)
                        SELECT r.uid, r.expected, r.observed, r.cohort,
                            (SELECT f.fine_at FROM fleet f WHERE f.uid = r.uid), r.at, r.at, r.incarnation, r.seq
                        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
                            $7::bigint[]) AS r(uid, expected, observed, cohort, at, incarnation, seq)
                        RETURNING id, uid
                        """,
                        rows.texts(one -> one.report().uid()),
                        rows.texts(Sighting::expected),
                        rows.texts(one -> one.report().observed()),
                        rows.texts(one -> cohort.apply(expected(one), observed(one))),
                        rows.times(one -> utc(one.report().at())),
                        rows.texts(one -> one.report().incarnation()),
                        rows.longs(one -> one.report().seq()))
                .forEach(row -> ids.put(row.getString(1), row.getLong(0)));
        NewsQueue.put(tx, seen.stream().map(one -> opened(one, ids)).toList());
    }

    private static String expected(Sighting seen) {
        return Objects.requireNonNull(seen.expected());
    }

    private static String observed(Sighting seen) {
        return Objects.requireNonNull(seen.report().observed());
    }

    private static OwnEntries.Own opened(Sighting seen, Map<String, Long> ids) {
        var report = seen.report();
        var id = Objects.requireNonNull(ids.get(report.uid()));
        var says = Json.text(new Opened(id, expected(seen), observed(seen)));
        return OwnEntries.Own.finding(report.uid(), "finding.Opened", says, NOBODY, report.at());
    }

    void end(Db.Tx tx, Open finding, Ending ending) {
        tx.query(
                """
                UPDATE finding
                SET state = $2, ended_at = $3, ended_by = $4, reason = $5, over_at = NULL
                WHERE id = $1
                """,
                finding.id(),
                ending.state(),
                utc(ending.at()),
                ending.by(),
                ending.reason());
        tell(tx, finding, ending);
    }

    private static void tell(Db.Tx tx, Open finding, Ending ending) {
        var says =
                Json.text(
                        new Ended(
                                finding.id(),
                                finding.expected(),
                                finding.observed(),
                                ending.state(),
                                ending.reason()));
        var by = ending.by() == null ? NOBODY : ending.by();
        var own = OwnEntries.Own.finding(finding.uid(), "finding.Ended", says, by, ending.at());
        NewsQueue.put(tx, List.of(own));
    }

    /** Deletes some findings that ended before a time; gives how many. */
    public static int forgetEnded(Db.Tx tx, Instant before, int most) {
        return tx.query(
                        """
                        DELETE FROM finding WHERE id IN (
                            SELECT id FROM finding WHERE state <> 'open' AND ended_at < $1
                            ORDER BY ended_at LIMIT $2)
                        """,
                        utc(before),
                        (long) most)
                .rowCount();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
