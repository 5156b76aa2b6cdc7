// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.Digests;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Records that could not be taken, with the reason: the table {@code dead_letter}. The same bytes
 * of a topic are one letter, however often they come.
 */
public final class DeadLetters {
    private static final String COLUMNS =
            """
            id, topic, part, at_offset, key, produced_at, length(value), reason, times,
            first_at, last_at, state, settled_by
            """;

    private DeadLetters() {}

    static void add(Db.Tx tx, ConsumerRecord<String, byte[]> record, String reason) {
        var key = record.key() == null ? "" : record.key();
        var value = record.value() == null ? new byte[0] : record.value();
        tx.send(
                """
                INSERT INTO dead_letter AS d
                    (topic, part, at_offset, key, value, digest, produced_at, reason)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                ON CONFLICT (topic, digest) DO UPDATE SET
                    part = $2, at_offset = $3, reason = $8, times = d.times + 1,
                    last_at = now(), state = 'waiting', settled_by = NULL, settled_at = NULL
                """,
                record.topic(),
                record.partition(),
                record.offset(),
                Buffer.buffer(key.getBytes(StandardCharsets.UTF_8)),
                Buffer.buffer(value),
                Buffer.buffer(Digests.sha256(value)),
                record.timestamp(),
                reason);
    }

    /** How many wait for somebody. */
    public static long waiting(Db.Tx tx) {
        return tx.query("SELECT count(*) FROM dead_letter WHERE state = 'waiting'")
                .iterator()
                .next()
                .getLong(0);
    }

    /**
     * The newest first.
     *
     * @param before only letters with a smaller id, for the next page; absent for the first
     */
    public static List<DeadLetter> list(
            Db.Tx tx, @Nullable String state, @Nullable Long before, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + """
                        FROM dead_letter
                        WHERE ($1::text IS NULL OR state = $1) AND ($2::bigint IS NULL OR id < $2)
                        ORDER BY id DESC LIMIT $3
                        """,
                DeadLetters::letter,
                state,
                before,
                most);
    }

    /** One of them, locked, as the record that it was; nothing where none waits under the id. */
    static Optional<ConsumerRecord<String, byte[]>> take(Db.Tx tx, long id) {
        return tx
                .list(
                        """
                        SELECT topic, part, at_offset, key, value, produced_at FROM dead_letter
                        WHERE id = $1 AND state = 'waiting' FOR UPDATE
                        """,
                        DeadLetters::record,
                        id)
                .stream()
                .findFirst();
    }

    /** With the time that it had: it is as old as it is, however late it is taken. */
    private static ConsumerRecord<String, byte[]> record(Row row) {
        var value = row.getBuffer(4).getBytes();
        return new ConsumerRecord<>(
                row.getString(0),
                row.getInteger(1),
                row.getLong(2),
                row.getLong(5),
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                value.length,
                text(row.getBuffer(3)),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** One that waits was tried once more, and is still wrong. */
    static void triedAgain(Db.Tx tx, long id, String reason) {
        tx.query(
                """
                UPDATE dead_letter SET reason = $2, times = times + 1, last_at = now()
                WHERE id = $1 AND state = 'waiting'
                """,
                id,
                reason);
    }

    /** Says what became of one that waits; whether one did. */
    static boolean settle(Db.Tx tx, long id, String state, String actor) {
        return tx.query(
                                """
                                UPDATE dead_letter
                                SET state = $2, settled_by = $3, settled_at = now()
                                WHERE id = $1 AND state = 'waiting'
                                """,
                                id,
                                state,
                                actor)
                        .rowCount()
                == 1;
    }

    /** Deletes some letters that were settled before a time; gives how many. */
    public static int forgetSettled(Db.Tx tx, Instant before, int most) {
        return tx.query(
                        """
                        DELETE FROM dead_letter WHERE id IN (
                            SELECT id FROM dead_letter WHERE state <> 'waiting' AND settled_at < $1
                            ORDER BY settled_at LIMIT $2)
                        """,
                        before.atOffset(ZoneOffset.UTC),
                        (long) most)
                .rowCount();
    }

    private static DeadLetter letter(Row row) {
        return new DeadLetter(
                row.getLong(0),
                row.getString(1),
                row.getInteger(2),
                row.getLong(3),
                text(row.getBuffer(4)),
                row.getLong(5),
                row.getInteger(6),
                row.getString(7),
                row.getLong(8),
                row.getOffsetDateTime(9),
                row.getOffsetDateTime(10),
                row.getString(11),
                row.getString(12));
    }

    private static String text(Buffer bytes) {
        return new String(bytes.getBytes(), StandardCharsets.UTF_8);
    }
}
