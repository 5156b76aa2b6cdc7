// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.event.ResendRequest;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Histories that are not as they must be. */
@ApplicationScoped
public class TroubledHistories {
    private static final int MOST = 200;

    /**
     * A history.
     *
     * @param next the number that is missing, or that two entries claim
     * @param waiting entries that are parked behind it
     * @param refused entries of it that were refused
     * @param first the number of the first that is parked; 0 where none is
     */
    public record Broken(
            String source, String state, long next, long waiting, long refused, long first) {}

    /** Something that must not have happened. */
    public record Anomaly(String source, long seq, String kind, String detail, String at) {}

    /** All of it, newest first, at most some hundred. */
    public record Trouble(List<Broken> sources, List<Anomaly> anomalies) {}

    /**
     * Takes streams of decisions of which some have been missing for long and were not asked for
     * lately; they count as asked for.
     *
     * @param patience for those that are on their way
     */
    public List<ResendRequest> recalls(Db.Tx tx, Duration patience) {
        return HistoryStates.recall(tx, patience);
    }

    /** What there is. */
    public Trouble trouble(Db.Tx tx) {
        var broken =
                tx.list(
                        """
                        SELECT id, state, next_seq, (SELECT count(*) FROM parked p WHERE p.source = s.id),
                            refused, coalesce((SELECT min(seq) FROM parked p WHERE p.source = s.id), 0)
                        FROM source s
                        WHERE state <> 'live'
                        ORDER BY id LIMIT %s
                        """
                                .formatted(MOST),
                        row ->
                                new Broken(
                                        row.getString(0),
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5)));
        return new Trouble(broken, anomalies(tx));
    }

    /** Decisions that were held up are among them for as long as they are. */
    private static List<Anomaly> anomalies(Db.Tx tx) {
        return tx.list(
                """
                (SELECT source, seq, 'DECISION', format('it is in the log; what follows from it is'
                     ' held up and tried again (tries so far: %s)%s', tries, ': ' || reason), since AS at
                 FROM decision_due WHERE tries > 0 OR since < now() - interval '1 minute'
                 ORDER BY since DESC LIMIT $1)
                UNION ALL
                (SELECT source, seq, kind, detail, at FROM anomaly ORDER BY id DESC LIMIT $1)
                ORDER BY at DESC LIMIT $1
                """,
                row ->
                        new Anomaly(
                                row.getString(0),
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getOffsetDateTime(4).toInstant().toString()),
                MOST);
    }
}
