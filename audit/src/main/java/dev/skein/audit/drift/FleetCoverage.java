// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which databases there are, and whether the log has all that they say: the table {@code fleet}.
 */
@ApplicationScoped
public class FleetCoverage {
    private static final String AHEAD =
            """
            $5::text IS NOT NULL
                AND $6 >= coalesce((SELECT next_seq FROM source
                WHERE id = 'db/' || $1 || '/' || $5), 1)
            """;

    private static final int SOME = 100;

    /** Who was never asked for first, then who waits longest: nobody hides the others. */
    private static final String MISSING =
            """
            WITH lacking AS (
                SELECT uid FROM fleet WHERE ahead_since < now() - make_interval(secs => $1)
                UNION
                SELECT f.uid FROM source s
                JOIN fleet f ON f.uid = split_part(s.id, '/', 2)
                     AND s.id = 'db/' || f.uid || '/' || f.incarnation
                WHERE s.state = 'gap')
            UPDATE fleet f SET asked_at = now() FROM (
                SELECT f.uid, coalesce(s.next_seq, 1) AS next
                FROM lacking JOIN fleet f USING (uid)
                LEFT JOIN source s ON s.id = 'db/' || f.uid || '/' || f.incarnation
                WHERE (f.asked_at IS NULL OR f.asked_at < now() - make_interval(secs => $1))
                  AND coalesce(s.state, 'gap') <> 'fork' AND f.problem IS NULL AND f.forgotten_at IS NULL
                ORDER BY f.asked_at NULLS FIRST, f.ahead_since, f.uid LIMIT $2) AS m
            WHERE m.uid = f.uid RETURNING f.uid, f.site, m.next
            """;

    /** A database that somebody decided to forget; what a decision does not name is empty. */
    public record Forgotten(String uid, String site, String server, String name, String reason) {
        @JsonCreator
        public Forgotten(
                @Nullable String uid,
                @Nullable String site,
                @Nullable String server,
                @Nullable String name,
                @Nullable String reason) {
            this.uid = Objects.requireNonNullElse(uid, "");
            this.site = Objects.requireNonNullElse(site, "");
            this.server = Objects.requireNonNullElse(server, "");
            this.name = Objects.requireNonNullElse(name, "");
            this.reason = Objects.requireNonNullElse(reason, "");
        }
    }

    /** A database whose entries are missing from the log. */
    public record Missing(String uid, String site, long from) {}

    /** Notes what an agent reports; whether nothing newer was noted before, nor it forgotten. */
    boolean put(Db.Tx tx, DatabaseReport report, RecordTime stamp) {
        var isBack = stamp.fresh() && !report.saysGone() && !report.saysAbsent();
        var rows =
                tx.query(
                        """
                        INSERT INTO fleet AS f (uid, site, server, name, incarnation, seq, problem, said_at,
                            ahead_since)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN %s THEN now() END)
                        ON CONFLICT (uid) DO UPDATE SET site = excluded.site,
                            server = coalesce(nullif(excluded.server, ''), f.server), name =
                            coalesce(nullif(excluded.name, ''), f.name), incarnation = excluded.incarnation, seq
                            = excluded.seq, problem = excluded.problem, said_at = excluded.said_at, ahead_since
                            = CASE WHEN %s THEN coalesce(f.ahead_since, now()) END, forgotten_at = CASE WHEN $10
                            THEN NULL ELSE f.forgotten_at END
                        WHERE $9 OR f.said_at IS NULL OR excluded.said_at >= f.said_at
                        RETURNING forgotten_at IS NULL
                        """
                                .formatted(AHEAD, AHEAD),
                        report.uid(),
                        report.site(),
                        report.server(),
                        report.name(),
                        report.incarnation(),
                        report.seq(),
                        report.problem(),
                        stamp.column(),
                        stamp.fresh(),
                        isBack);
        return rows.size() == 1 && rows.iterator().next().getBoolean(0);
    }

    /** Waits until a report of a database is taken that is just being taken. */
    void lock(Db.Tx tx, String uid) {
        tx.query("SELECT FROM fleet WHERE uid = $1 FOR UPDATE", uid);
    }

    /** Nothing is asked of it, and nothing found, until an agent tells of it while we listen. */
    void forget(Db.Tx tx, Forgotten gone) {
        tx.query(
                """
                INSERT INTO fleet AS f (uid, site, server, name, seq, forgotten_at)
                VALUES ($1, $2, $3, $4, 0, now())
                ON CONFLICT (uid) DO UPDATE SET forgotten_at = now()
                """,
                gone.uid(),
                gone.site(),
                gone.server(),
                gone.name());
    }

    /** Notes that a database was seen as it was left. */
    void fine(Db.Tx tx, DatabaseReport report) {
        tx.query(
                "UPDATE fleet SET fine_at = $2 WHERE uid = $1",
                report.uid(),
                report.at().atOffset(ZoneOffset.UTC));
    }

    /** Has the entries of a history asked for again from a number on, if they were written. */
    public static void askAgain(Db.Tx tx, String source, long from) {
        tx.query(
                """
                UPDATE fleet SET ahead_since = coalesce(ahead_since, now()), asked_at = NULL
                WHERE 'db/' || uid || '/' || incarnation = $1 AND seq >= $2\
                """,
                source,
                from);
    }

    /**
     * Takes the databases whose entries have been missing for long, or have a gap, and were not
     * asked for lately; they count as asked for.
     *
     * @param patience for entries that are on their way
     */
    public List<Missing> missing(Db.Tx tx, Duration patience) {
        tx.query(
                """
                UPDATE fleet f
                SET ahead_since = NULL, asked_at = NULL
                FROM source s
                WHERE f.ahead_since IS NOT NULL
                    AND s.id = 'db/' || f.uid || '/' || f.incarnation
                    AND s.next_seq > f.seq
                    AND s.state = 'live'
                """);
        return tx.list(
                MISSING,
                row -> new Missing(row.getString(0), row.getString(1), row.getLong(2)),
                patience.toMillis() / 1000.0,
                SOME);
    }
}
