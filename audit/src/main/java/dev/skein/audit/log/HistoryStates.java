// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.event.ResendRequest;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where the histories stand, as stored: the table {@code source}, which nobody else writes. */
public final class HistoryStates {
    private HistoryStates() {}

    /** As they stand; the lock of {@code log_state} is theirs, too. */
    static Map<String, HistoryState> find(Db.Tx tx, List<ReceivedEntry> received) {
        var sources = new HashMap<String, HistoryState>();
        tx.query(
                        """
                        SELECT id, next_seq, last_hash, state, refused, disputed, settled
                        FROM source WHERE id = ANY ($1)
                        """,
                        (Object)
                                received.stream()
                                        .map(ReceivedEntry::source)
                                        .distinct()
                                        .toArray(String[]::new))
                .forEach(row -> sources.put(row.getString(0), state(row)));
        return sources;
    }

    private static HistoryState state(Row row) {
        return new HistoryState(
                row.getString(0),
                row.getLong(1),
                row.getBuffer(2).getBytes(),
                HistoryState.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6));
    }

    /** Writes how they stand now. */
    static void save(Db.Tx tx, List<HistoryState> sources) {
        tx.query(
                """
                INSERT INTO source AS s (id, next_seq, last_hash, state, refused, since)
                SELECT id, next_seq, last_hash, state, refused,
                       CASE WHEN state <> 'live' THEN now() END
                FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::text[], $5::bigint[])
                     AS n(id, next_seq, last_hash, state, refused)
                ON CONFLICT (id) DO UPDATE SET
                    next_seq = excluded.next_seq, last_hash = excluded.last_hash,
                    state = excluded.state, refused = excluded.refused,
                    since = CASE WHEN s.state = excluded.state THEN s.since
                                 ELSE excluded.since END
                """,
                sources.stream().map(HistoryState::id).toArray(String[]::new),
                sources.stream().map(HistoryState::nextSeq).toArray(Long[]::new),
                sources.stream()
                        .map(s -> Buffer.buffer(Objects.requireNonNull(s.lastHash())))
                        .toArray(Buffer[]::new),
                sources.stream()
                        .map(s -> s.state().name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new),
                sources.stream().map(HistoryState::refused).toArray(Long[]::new));
    }

    /** Notes that the log itself tells how they stand. */
    static void told(Db.Tx tx, List<String> ids) {
        tx.query(
                "UPDATE source SET told = nullif(state, 'live') WHERE id = ANY ($1)",
                (Object) ids.toArray(String[]::new));
    }

    /** Takes streams of decisions with an old gap; they count as asked for. */
    static List<ResendRequest> recall(Db.Tx tx, Duration patience) {
        return tx.list(
                """
                UPDATE source SET asked_at = now() WHERE id IN (
                    SELECT id FROM source
                    WHERE state = 'gap' AND id NOT LIKE 'db/%'
                      AND coalesce(since, '-infinity') < now() - make_interval(secs => $1)
                      AND (asked_at IS NULL OR asked_at < now() - make_interval(secs => $1))
                    ORDER BY asked_at NULLS FIRST, id LIMIT 100)
                RETURNING id, next_seq
                """,
                row -> new ResendRequest(row.getString(0), row.getLong(1)),
                patience.toMillis() / 1000.0);
    }

    /** Where one stands; nothing is appended meanwhile. */
    static Optional<HistoryState> lock(Db.Tx tx, String source) {
        tx.query("SELECT FROM log_state FOR UPDATE"); // sources stand still with it; taken last
        return tx
                .list(
                        """
                        SELECT id, next_seq, last_hash, state, refused, disputed, settled
                        FROM source WHERE id = $1
                        """,
                        HistoryStates::state,
                        source)
                .stream()
                .findFirst();
    }

    /**
     * Lets one go on; it has a gap where something waits, or is known to be missing.
     *
     * @param through the last number that there is; 0 where nobody knows
     */
    static void resume(Db.Tx tx, HistoryState on, long through) {
        tx.query(
                """
                UPDATE source SET since = now(), asked_at = NULL, refused = 0,
                    next_seq = $2::bigint, last_hash = $3, disputed = $4, settled = $5,
                    state = CASE WHEN $6::bigint >= $2::bigint OR EXISTS (
                        SELECT FROM parked p WHERE p.source = id) THEN 'gap' ELSE 'live' END
                WHERE id = $1
                """,
                on.id(),
                on.nextSeq(),
                Buffer.buffer(on.lastHash()),
                on.disputed(),
                on.settled(),
                through);
    }
}
