// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The events of all streams, as rows: the table {@code event}, which nobody else writes. */
public final class EventRows {
    private EventRows() {}

    /** Adds an event behind the head of its stream. */
    static void insert(
            Db.Tx tx,
            EventStore.Head head,
            EventStore.Stored event,
            byte[] hash,
            boolean published) {
        tx.query(
                """
                INSERT INTO event(stream, version, type, envelope, prev_hash, hash, actor, at,
                    published)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                head.stream(),
                event.version(),
                event.type(),
                Buffer.buffer(event.envelope()),
                Buffer.buffer(head.hash()),
                Buffer.buffer(hash),
                event.actor(),
                event.at().atOffset(ZoneOffset.UTC),
                published);
    }

    /** The hash of the last event of a stream before a version. */
    static Optional<byte[]> before(Db.Tx tx, String stream, long version) {
        return tx
                .list(
                        """
                        SELECT hash FROM event WHERE stream = $1 AND version < $2
                        ORDER BY version DESC LIMIT 1
                        """,
                        row -> row.getBuffer(0).getBytes(),
                        stream,
                        version)
                .stream()
                .findFirst();
    }

    /** Marks events as sent, each by its stream and its version. */
    public static void markSent(Db.Tx tx, List<String> streams, List<Long> versions) {
        tx.query(
                """
                UPDATE event e
                SET published = true
                FROM unnest($1::text[], $2::bigint[]) AS s(stream, version)
                WHERE e.stream = s.stream AND e.version = s.version
                """,
                streams.toArray(String[]::new),
                versions.toArray(Long[]::new));
    }

    /** Has a stream's events sent again, from a version on. */
    static void sendAgain(Db.Tx tx, String stream, long from) {
        tx.query(
                """
                UPDATE event SET published = false WHERE stream = $1 AND version >= $2 AND published
                """,
                stream,
                from);
    }

    /** Has all of them sent again. */
    public static void sendAgain(Db.Tx tx) {
        tx.query("UPDATE event SET published = false WHERE published");
    }
}
