// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.audit.log.OwnEntries;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

    /** The open finding of a database. */
    Optional<Open> find(Db.Tx tx, String uid) {
        return tx.list(OPEN + "uid = $1 FOR UPDATE", Open::of, uid).stream().findFirst();
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

    /** Seen once more. */
    void again(Db.Tx tx, Open finding, Instant at) {
        tx.query(
                "UPDATE finding SET last_seen = $2, over_at = NULL WHERE id = $1",
                finding.id(),
                utc(at));
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

    void open(Db.Tx tx, DatabaseReport report, String expected, String observed, String cohort) {
        long id = insert(tx, report, expected, observed, cohort);
        var says = Json.text(new Opened(id, expected, observed));
        NewsQueue.put(
                tx,
                OwnEntries.Own.finding(report.uid(), "finding.Opened", says, NOBODY, report.at()));
    }

    private static long insert(
            Db.Tx tx, DatabaseReport report, String expected, String observed, String cohort) {
        return tx.query(
                        """
                        INSERT INTO finding(uid, expected, observed, cohort, fine_at, first_seen, last_seen,
                            incarnation, seq)
                        VALUES ($1, $2, $3, $4, (SELECT fine_at FROM fleet WHERE uid = $1), $5, $5, $6, $7)
                        RETURNING id
                        """,
                        report.uid(),
                        expected,
                        observed,
                        cohort,
                        utc(report.at()),
                        report.incarnation(),
                        report.seq())
                .iterator()
                .next()
                .getLong(0);
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
        NewsQueue.put(
                tx, OwnEntries.Own.finding(finding.uid(), "finding.Ended", says, by, ending.at()));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
