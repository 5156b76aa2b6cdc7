// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Decisions that were published from this database and are not in it. */
@ApplicationScoped
public class LostDecisions {
    private final EventStore events;

    public LostDecisions(EventStore events) {
        this.events = events;
    }

    /**
     * Keeps those that are not in the database, in this or another form; one that somebody left
     * aside before is no news.
     *
     * @return how many are new
     */
    public int keep(Db.Tx tx, List<DecisionRecord> published) {
        return tx.query(
                        """
                        INSERT INTO lost_decision (stream, version, hash, prev_hash, envelope)
                        SELECT DISTINCT ON (stream, version, hash) stream, version, p.hash, p.prev_hash, p.envelope
                        FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[])
                            AS p(stream, version, hash, prev_hash, envelope)
                        WHERE NOT EXISTS (SELECT FROM event e WHERE e.stream = p.stream
                            AND e.version = p.version AND e.hash = p.hash)
                        ON CONFLICT DO NOTHING
                        """,
                        published.stream().map(DecisionRecord::stream).toArray(String[]::new),
                        published.stream().map(DecisionRecord::seq).toArray(Long[]::new),
                        published.stream().map(d -> bytes(d.hash())).toArray(Buffer[]::new),
                        published.stream().map(d -> bytes(d.prevHash())).toArray(Buffer[]::new),
                        published.stream()
                                .map(d -> Buffer.buffer(d.envelope()))
                                .toArray(Buffer[]::new))
                .rowCount();
    }

    private static Buffer bytes(String hash) {
        return Buffer.buffer(Digests.bytes(hash));
    }

    /** Of how many nobody has decided anything. */
    public long waiting(Db.Tx tx) {
        return tx.query("SELECT count(*) FROM lost_decision WHERE state = 'waiting'")
                .iterator()
                .next()
                .getLong(0);
    }

    /** The streams that they are of. */
    public List<String> streams(Db.Tx tx) {
        return tx.list(
                "SELECT DISTINCT stream FROM lost_decision WHERE state = 'waiting'",
                row -> row.getString(0));
    }

    /**
     * What was taken into a stream.
     *
     * @param left how many did not follow from what is there
     */
    public record Adopted(String stream, List<EventStore.Stored> events, long left) {}

    /** Takes those into their streams that follow from what is there; the others are left. */
    public List<Adopted> adopt(Db.Tx tx) {
        var streams =
                lost(tx).stream()
                        .collect(
                                Collectors.groupingBy(
                                        DecisionRecord::stream,
                                        java.util.TreeMap::new,
                                        Collectors.toList()));
        return streams.entrySet().stream()
                .map(lost -> adopt(tx, lost.getKey(), lost.getValue()))
                .toList();
    }

    private static List<DecisionRecord> lost(Db.Tx tx) {
        return tx.list(
                """
                SELECT stream, version, hash, prev_hash, envelope
                FROM lost_decision
                WHERE state = 'waiting'
                ORDER BY stream, version, hash
                """,
                LostDecisions::record);
    }

    private static DecisionRecord record(Row row) {
        return new DecisionRecord(
                row.getString(0),
                row.getLong(1),
                row.getBuffer(4).getBytes(),
                Digests.hex(row.getBuffer(3).getBytes()),
                Digests.hex(row.getBuffer(2).getBytes()));
    }

    private Adopted adopt(Db.Tx tx, String stream, List<DecisionRecord> lost) {
        var head = events.lock(tx, stream);
        var fold = new Fold(stream, events.read(tx, stream));
        var adopted = new ArrayList<EventStore.Stored>();
        for (var one : lost) {
            var fits =
                    one.seq() == head.version() + 1
                            && Arrays.equals(Digests.bytes(one.prevHash()), head.hash());
            var stored = fits ? EventStore.read(one).filter(fold::takes) : none();
            if (stored.isPresent()) {
                head = events.adopt(tx, head, stored.get(), Digests.bytes(one.hash()));
                adopted.add(stored.get());
            }
            tx.send(
                    """
                    UPDATE lost_decision SET state = $4 WHERE stream = $1 AND version = $2 AND hash = $3
                    """,
                    stream,
                    one.seq(),
                    bytes(one.hash()),
                    stored.isPresent() ? "adopted" : "left");
        }
        tx.settle();
        return new Adopted(stream, adopted, lost.size() - adopted.size());
    }

    private static java.util.Optional<EventStore.Stored> none() {
        return java.util.Optional.empty();
    }

    /** What a rollout's events make of it: nothing is taken that could not be read again. */
    private static final class Fold {
        private final boolean matters;
        private Rollout state = Rollout.INITIAL;

        Fold(String stream, List<EventStore.Stored> before) {
            this.matters = stream.startsWith(RolloutStore.STREAM);
            before.forEach(this::takes);
        }

        boolean takes(EventStore.Stored event) {
            try {
                state = matters ? Rollout.evolve(state, event.payload(RolloutEvent.class)) : state;
                return true;
            } catch (SkeinException | ClassCastException | IllegalStateException e) {
                return false; // of another version of Skein, or nobody's
            }
        }
    }
}
