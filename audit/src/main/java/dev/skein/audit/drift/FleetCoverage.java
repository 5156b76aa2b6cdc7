// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.skein.service.database.BatchRows;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which databases there are, and whether the log has all that they say: the table {@code fleet}.
 */
@ApplicationScoped
public class FleetCoverage {
    private static final String PUT =
            """
            INSERT INTO fleet AS f (uid, site, server, name, incarnation, seq, problem, said_at, fine_at, ahead_since)
            SELECT r.*, CASE WHEN r.incarnation IS NOT NULL AND r.seq >= coalesce((SELECT s.next_seq FROM source s
                WHERE s.id = 'db/' || r.uid || '/' || r.incarnation), 1) THEN now() END
            FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[],
                $10::timestamptz[], $11::timestamptz[])
                AS r(uid, site, server, name, incarnation, seq, problem, said_at, fine_at)
            ORDER BY r.uid
            ON CONFLICT (uid) DO UPDATE SET site = excluded.site,
                server = coalesce(nullif(excluded.server, ''), f.server),
                name = coalesce(nullif(excluded.name, ''), f.name), incarnation = excluded.incarnation,
                seq = excluded.seq, problem = excluded.problem, said_at = excluded.said_at,
                fine_at = CASE WHEN $2 OR f.forgotten_at IS NULL THEN coalesce(excluded.fine_at, f.fine_at)
                    ELSE f.fine_at END,
                ahead_since = CASE WHEN excluded.ahead_since IS NOT NULL THEN coalesce(f.ahead_since, now()) END,
                forgotten_at = CASE WHEN $2 THEN NULL ELSE f.forgotten_at END
            WHERE $1 OR f.said_at IS NULL OR excluded.said_at >= f.said_at
            RETURNING uid, forgotten_at IS NULL
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

    /** How a statement takes reports. */
    private record Manner(boolean fresh, boolean back) {
        static Manner of(Sighting seen) {
            var fresh = seen.stamp().fresh();
            var report = seen.report();
            return new Manner(fresh, fresh && !report.saysGone() && !report.saysAbsent());
        }
    }

    /**
     * Notes what agents report, at most once of a database, and which were seen as they were left.
     *
     * @return the databases of which nothing newer was noted before, and which are not forgotten
     */
    Set<String> put(Db.Tx tx, List<Sighting> reports) {
        var taken = new HashSet<String>();
        reports.stream()
                .collect(Collectors.groupingBy(Manner::of))
                .forEach((manner, some) -> put(tx, manner, some, taken));
        return taken;
    }

    private static void put(Db.Tx tx, Manner manner, List<Sighting> some, Set<String> taken) {
        var rows = new BatchRows<>(some);
        tx.query(
                        PUT,
                        manner.fresh(),
                        manner.back(),
                        rows.texts(r -> r.report().uid()),
                        rows.texts(r -> r.report().site()),
                        rows.texts(r -> r.report().server()),
                        rows.texts(r -> r.report().name()),
                        rows.texts(r -> r.report().incarnation()),
                        rows.longs(r -> r.report().seq()),
                        rows.texts(r -> r.report().problem()),
                        rows.times(r -> r.stamp().column()),
                        rows.times(r -> r.isFine() ? utc(r) : null))
                .forEach(row -> {
                    if (row.getBoolean(1)) {
                        taken.add(row.getString(0));
                    }
                });
    }

    private static OffsetDateTime utc(Sighting seen) {
        return seen.report().at().atOffset(ZoneOffset.UTC);
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
