// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import dev.skein.service.loop.TimeShare;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks at old entries again, some tiles at a time, from the first to the last and over again. It
 * takes a hundredth of the time, however large the log is.
 */
@ApplicationScoped
public class SelfCheck {
    private static final Logger LOG = Logger.getLogger(SelfCheck.class);
    private static final int SOME = 8 * 256; // of whole tiles
    private static final long SHARE = 100;

    /** Nobody looks again before; a time to come was noted by a clock that was set back since. */
    private static final String TURN =
            """
            SELECT next_index FROM self_check WHERE looked_at NOT BETWEEN
                clock_timestamp() - make_interval(secs => $1) AND clock_timestamp()
            FOR UPDATE SKIP LOCKED
            """;

    /** Whether all are there, hash to what is noted beside them, and to what their tile has. */
    private static final String ARE_WELL =
            """
            SELECT coalesce(sum(g.number), 0) = greatest(least($2, (SELECT size FROM log_state)) - $1, 0)
                AND coalesce(bool_and(g.same AND (t.hashes IS NULL OR t.hashes = g.hashes)), true)
            FROM (
                SELECT e.tile, count(*) AS number, bool_and(e.hash = e.leaf) AS same,
                    string_agg(e.hash, ''::bytea ORDER BY e.index) AS hashes
                FROM (SELECT index, index / 256 AS tile, leaf, sha256('\\x00'::bytea || envelope) AS hash
                    FROM entry WHERE index >= $1 AND index < $2) AS e
                GROUP BY e.tile) AS g
            LEFT JOIN tile t ON t.level = 0 AND t.index = g.tile
            """;

    private static final String SPOILT =
            """
            SELECT i.index
            FROM generate_series($1::bigint, least($2, (SELECT size FROM log_state)) - 1) AS i(index)
            LEFT JOIN entry e ON e.index = i.index
            LEFT JOIN tile t ON t.level = 0 AND t.index = i.index / 256
            WHERE e.index IS NULL OR sha256('\\x00'::bytea || e.envelope) <> e.leaf
                OR sha256('\\x00'::bytea || e.envelope) <> substring(t.hashes FROM (i.index % 256)::int * 32 + 1 FOR 32)
            """;

    private final TimeShare share =
            new TimeShare(SHARE, Duration.ofMillis(500), Duration.ofHours(1), System::nanoTime);

    /**
     * Hashes some entries again, unless another replica does, or did lately: together they look as
     * often as one.
     *
     * @return how many are known not to be what was appended
     */
    public long some(Db.Tx tx) {
        tx.list(TURN, row -> row.getLong(0), share.rest().toMillis() / 1000.0)
                .forEach(next -> look(tx, next));
        return tx.query("SELECT count(*) FROM spoilt_entry").iterator().next().getLong(0);
    }

    private void look(Db.Tx tx, long next) {
        var well = share.measured(() -> tx.query(ARE_WELL, next, next + SOME));
        note(tx, next, well.iterator().next().getBoolean(0) ? new Long[0] : spoilt(tx, next));
        tx.query(
                """
                UPDATE self_check
                SET looked_at = clock_timestamp(), next_index = (SELECT CASE WHEN $1 >= size THEN 0
                    ELSE $1 END FROM log_state)
                """,
                next + SOME);
    }

    private static Long[] spoilt(Db.Tx tx, long next) {
        var found = tx.<Long>list(SPOILT, (Row row) -> row.getLong(0), next, next + SOME);
        if (!found.isEmpty()) {
            LOG.errorf("entries of the log are not what they were: %s", found);
        }
        return found.toArray(Long[]::new);
    }

    private static void note(Db.Tx tx, long next, Long[] found) {
        tx.query(
                "DELETE FROM spoilt_entry WHERE index >= $1 AND index < $2 AND index <> ALL ($3)",
                next,
                next + SOME,
                found);
        if (found.length > 0) {
            tx.query(
                    "INSERT INTO spoilt_entry SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING",
                    (Object) found);
        }
    }
}
