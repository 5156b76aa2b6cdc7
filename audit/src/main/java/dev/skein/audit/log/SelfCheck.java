// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Looks at old entries again, some at a time, from the first to the last and over again. */
@ApplicationScoped
public class SelfCheck {
    private static final Logger LOG = Logger.getLogger(SelfCheck.class);
    private static final int SOME = 20_000;

    /** Nobody looks again before; a time to come was noted by a clock that was set back since. */
    private static final String TURN =
            """
            SELECT next_index FROM self_check WHERE looked_at NOT BETWEEN
                clock_timestamp() - interval '500 milliseconds' AND clock_timestamp()
            FOR UPDATE SKIP LOCKED
            """;

    /**
     * Hashes some entries again, unless another replica does: together they look as often as one.
     *
     * @return how many are known not to be what was appended
     */
    public long some(Db.Tx tx) {
        tx.list(TURN, row -> row.getLong(0)).forEach(next -> look(tx, next));
        return tx.query("SELECT count(*) FROM spoilt_entry").iterator().next().getLong(0);
    }

    private static void look(Db.Tx tx, long next) {
        var found = spoilt(tx, next);
        note(tx, next, found.toArray(Long[]::new));
        if (!found.isEmpty()) {
            LOG.errorf("entries of the log are not what they were: %s", found);
        }
        tx.query(
                """
                UPDATE self_check
                SET looked_at = clock_timestamp(), next_index = (SELECT CASE WHEN $1 >= size THEN 0
                    ELSE $1 END FROM log_state)
                """,
                next + SOME);
    }

    private static List<Long> spoilt(Db.Tx tx, long next) {
        return tx.list(
                """
                SELECT e.index FROM entry e LEFT JOIN tile t ON t.level = 0 AND t.index = e.index / 256 WHERE e.index >= $1 AND e.index < $2 AND (sha256('\\x00'::bytea || e.envelope) <> coalesce(substring(t.hashes FROM (e.index % 256)::int * 32 + 1 FOR 32), e.leaf) OR sha256('\\x00'::bytea || e.envelope) <> e.leaf)
                """,
                row -> row.getLong(0), next, next + SOME);
    }

    private static void note(Db.Tx tx, long next, Long[] found) {
        tx.query(
                "DELETE FROM spoilt_entry WHERE index >= $1 AND index < $2 AND index <> ALL ($3)",
                next,
                next + SOME,
                found);
        tx.query(
                "INSERT INTO spoilt_entry SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING",
                (Object) found);
    }
}
