// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Streams of events. A stream's head is locked while it is read and written, its versions are dense
 * unless somebody decided otherwise, its events chained by hash. What is appended is also the
 * outbox of {@code skein.decisions}.
 */
@ApplicationScoped
public class EventStore {
    private static final byte[] NO_HASH = new byte[32];

    private final Continuity continuity;

    public EventStore(Continuity continuity) {
        this.continuity = continuity;
    }

    /**
     * A stream under its lock.
     *
     * @param version of its last event; 0 for a new one
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Head(String stream, long version, byte[] hash) {}

    /**
     * One decision as hashed: type, payload, actor, time.
     *
     * @param at by the database's clock, whatever a replica's shows
     */
    record Decision(
            int v,
            String stream,
            long seq,
            String type,
            Object payload,
            String actor,
            Instant at) {}

    /** An event as stored. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(
            String stream, long version, String type, byte[] envelope, String actor, Instant at) {
        /** The payload as a type. */
        public <T> T payload(Class<T> as) {
            var tree = Json.read(envelope, JsonNode.class);
            return Json.read(tree.get("payload").toString(), as);
        }
    }

    /** Locks a stream's head, creating it if the stream is new. */
    public Head lock(Db.Tx tx, String stream) {
        tx.query(
                "INSERT INTO stream_head VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
                stream,
                Buffer.buffer(NO_HASH));
        var row =
                tx.query(
                                """
                                SELECT version, hash FROM stream_head WHERE stream = $1 FOR UPDATE
                                """,
                                stream)
                        .iterator()
                        .next();
        return new Head(stream, row.getLong(0), row.getBuffer(1).getBytes());
    }

    /** Whether anything was decided in a stream. */
    public boolean isThere(Db.Tx tx, String stream) {
        return tx.query("SELECT FROM stream_head WHERE stream = $1", stream).size() > 0;
    }

    /** Leaves out versions: a locked head goes on behind this one, with the hash that it has. */
    public void skip(Db.Tx tx, Head head, long version) {
        tx.query("UPDATE stream_head SET version = $2 WHERE stream = $1", head.stream(), version);
    }

    /** The hash of the last event before a version; zeros where there is none. */
    public byte[] before(Db.Tx tx, String stream, long version) {
        return EventRows.before(tx, stream, version).orElse(NO_HASH);
    }

    /** A stream's events in order. */
    public List<Stored> read(Db.Tx tx, String stream) {
        return tx.list(
                """
                SELECT stream, version, type, envelope, actor, at FROM event
                WHERE stream = $1
                ORDER BY version
                """,
                row ->
                        new Stored(
                                row.getString(0),
                                row.getLong(1),
                                row.getString(2),
                                row.getBuffer(3).getBytes(),
                                row.getString(4),
                                row.getOffsetDateTime(5).toInstant()),
                stream);
    }

    /**
     * Has a stream's events published once more.
     *
     * @param from the version of the first one
     */
    public void again(Db.Tx tx, String stream, long from) {
        EventRows.sendAgain(tx, stream, from);
    }

    /**
     * Appends an event behind a locked head.
     *
     * @return the new head
     * @throws SkeinException while nothing may be decided
     */
    public Head append(Db.Tx tx, Head head, String type, Object payload, String actor) {
        var at = continuity.require(tx);
        long version = head.version() + 1;
        var envelope =
                Json.bytes(new Decision(1, head.stream(), version, type, tree(payload), actor, at));
        var hash = Digests.sha256(head.hash(), envelope);
        insert(
                tx,
                head,
                new Stored(head.stream(), version, type, envelope, actor, at),
                hash,
                false);
        return new Head(head.stream(), version, hash);
    }

    /** Reads what was published; nothing where it is no event of its stream. */
    static Optional<Stored> read(DecisionRecord published) {
        try {
            var says = Json.read(published.envelope(), JsonNode.class);
            var isOfStream =
                    says.path("stream").asText().equals(published.stream())
                            && says.path("seq").asLong() == published.seq()
                            && says.has("payload");
            return isOfStream
                    ? Optional.of(
                            new Stored(
                                    published.stream(),
                                    published.seq(),
                                    says.path("type").asText(),
                                    published.envelope(),
                                    says.path("actor").asText(),
                                    Instant.parse(says.path("at").asText())))
                    : Optional.empty();
        } catch (SkeinException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes an event back that was published once, behind a locked head.
     *
     * @return the new head
     */
    Head adopt(Db.Tx tx, Head head, Stored event, byte[] hash) {
        insert(tx, head, event, hash, true);
        return new Head(head.stream(), event.version(), hash);
    }

    private static void insert(Db.Tx tx, Head head, Stored event, byte[] hash, boolean published) {
        var moved =
                tx.query(
                        """
                        UPDATE stream_head SET version = $2, hash = $3 WHERE stream = $1 AND version = $4
                        """,
                        head.stream(),
                        event.version(),
                        Buffer.buffer(hash),
                        head.version());
        if (moved.rowCount() != 1) {
            throw SkeinException.failed(
                    "Stream " + head.stream(), "somebody else wrote to it", "Try again");
        }
        EventRows.insert(tx, head, event, hash, published);
    }

    /** As the payload's own type writes it, with its type's name where it has one. */
    private static JsonNode tree(Object payload) {
        return Json.read(Json.text(payload), JsonNode.class);
    }

    /** Appends the only thing that happens in a transaction of its own. */
    public void appendAlone(
            Db.Tx tx, String stream, String type, @Nullable Object payload, String actor) {
        append(tx, lock(tx, stream), type, Objects.requireNonNullElse(payload, ""), actor);
    }
}
