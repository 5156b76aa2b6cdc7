// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.log.ReceivedEntry;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Decisions in the log from which something is still to follow. Those about one database, or else
 * of one history, follow in the log's order: one that was made later is not undone by one that was
 * held up.
 */
final class DueDecisions {
    private static final int MOST_SECONDS = 300;

    private DueDecisions() {}

    /**
     * One of them.
     *
     * @param record as {@link ReceivedEntry#record} kept it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Due(String source, long seq, byte[] record) {}

    /** Keeps one, with the entry that it is; nothing is waited for. */
    static void add(Db.Tx tx, ReceivedEntry decision) {
        tx.send(
                "INSERT INTO decision_due(about, source, seq, record) VALUES ($1, $2, $3, $4)",
                DecisionEffects.about(decision.source()),
                decision.source(),
                decision.seq(),
                Buffer.buffer(decision.record()));
    }

    /** One to follow now that no other process is at: those that were held up come last. */
    static Optional<Due> next(Db.Tx tx) {
        return tx
                .list(
                        """
                        SELECT source, seq, record FROM decision_due d
                        WHERE due_at <= now() AND NOT EXISTS (
                            SELECT FROM decision_due e
                            WHERE e.about = d.about AND e.position < d.position)
                        ORDER BY tries, due_at, source LIMIT 1 FOR UPDATE SKIP LOCKED\
                        """,
                        row ->
                                new Due(
                                        row.getString(0),
                                        row.getLong(1),
                                        row.getBuffer(2).getBytes()))
                .stream()
                .findFirst();
    }

    /** Takes one off, where no other process did or is about to. */
    static boolean take(Db.Tx tx, Due decision) {
        return tx.query(
                                """
                                DELETE FROM decision_due WHERE (source, seq) IN (
                                    SELECT source, seq FROM decision_due
                                    WHERE source = $1 AND seq = $2 FOR UPDATE SKIP LOCKED)\
                                """,
                                decision.source(),
                                decision.seq())
                        .rowCount()
                == 1;
    }

    /**
     * Has one tried again later, each time after a longer while.
     *
     * @return how often it could not follow so far; 0 where another process has done it
     */
    static long later(Db.Tx tx, Due decision, String reason) {
        return tx
                .list(
                        """
                        UPDATE decision_due SET tries = tries + 1, reason = $3,
                            due_at = now() + make_interval(secs => least(power(2, least(tries, 9)), $4))
                        WHERE source = $1 AND seq = $2 RETURNING tries\
                        """,
                        row -> row.getLong(0),
                        decision.source(),
                        decision.seq(),
                        reason,
                        (double) MOST_SECONDS)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** How many there are. */
    static long count(Db.Tx tx) {
        return tx.list("SELECT count(*) FROM decision_due", row -> row.getLong(0)).getFirst();
    }
}
