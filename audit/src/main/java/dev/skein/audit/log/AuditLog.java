// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The log in PostgreSQL. A batch is one transaction under the lock of {@code log_state}: entries
 * get dense indexes in the order of the lock, so the tree and the table cannot disagree.
 */
@ApplicationScoped
public class AuditLog {
    private static final int SOME = 1000;
    private static final String STATE =
            """
            SELECT size, frontier, (SELECT max(below) FROM entry_part) FROM log_state FOR UPDATE
            """;

    /** What a batch did. */
    public record Appended(int entries, int duplicates, int parked, int anomalies) {}

    /**
     * Appends a batch.
     *
     * @param reader reads a parked record again
     */
    public Appended append(
            Db.Tx tx, List<ReceivedEntry> received, Function<byte[], ReceivedEntry> reader) {
        return append(tx, received, reader, one -> {});
    }

    /**
     * The same, telling of what came into the log.
     *
     * @param each hears of every entry that did
     */
    public Appended append(
            Db.Tx tx,
            List<ReceivedEntry> received,
            Function<byte[], ReceivedEntry> reader,
            Consumer<ReceivedEntry> each) {
        var state = tx.query(STATE).iterator().next();
        var frontier = new MerkleFrontier(state.getLong(0), state.getBuffer(1).getBytes());
        var sources = HistoryStates.find(tx, received);
        var batch =
                new EntryBatch(
                        sources,
                        ParkedEntries.heads(tx, sources.values(), reader),
                        ParkedEntries.again(tx, sources, received, reader),
                        new Kept(tx, hashes(tx, sources, received), reader));
        received.forEach(batch::take);
        EntryParts.require(tx, frontier.size() + batch.accepted().size(), state.getLong(2));
        insert(tx, frontier, batch);
        ParkedEntries.insert(tx, batch.toPark());
        ParkedEntries.delete(tx, batch.unparked());
        batch.anomalies().forEach(a -> note(tx, a));
        HistoryStates.save(tx, batch.changedSources());
        tx.query(
                "UPDATE log_state SET size = $1, frontier = $2, root = $3",
                frontier.size(),
                Buffer.buffer(frontier.bytes()),
                Buffer.buffer(frontier.root()));
        batch.accepted().forEach(each);
        return new Appended(
                batch.accepted().size(),
                batch.duplicates(),
                batch.toPark().size(),
                batch.refused());
    }

    /**
     * Writes the tiles and facets of entries that were appended before there were any. Once, before
     * anything else is done with the log.
     */
    public void complete(Db.Tx tx) {
        var state = tx.query("SELECT size FROM log_state FOR UPDATE").iterator().next();
        long size = state.getLong(0);
        completeFacets(tx, size);
        var tiles = tx.query("SELECT FROM tile LIMIT 1");
        if (tiles.size() == 0) {
            TileWriter.fill(tx, size);
        }
    }

    private static void completeFacets(Db.Tx tx, long size) {
        var last = tx.query("SELECT coalesce(max(index) + 1, 0) FROM facet").iterator().next();
        for (long from = last.getLong(0); from < size; from += SOME) {
            var facets =
                    tx.list(
                            """
                            SELECT envelope FROM entry WHERE index >= $1 AND index < $2 ORDER BY index
                            """,
                            row -> EntryFacet.of(row.getBuffer(0).getBytes()),
                            from,
                            Math.min(size, from + SOME));
            EntryFacets.insert(tx, from, facets);
            tx.settle();
        }
    }

    /** What the log has, as a batch asks for it. */
    private record Kept(
            Db.Tx tx,
            Map<HistoryEntries.Key, byte[]> hashes,
            Function<byte[], ReceivedEntry> reader)
            implements EntryBatch.Known {
        @Override
        public byte @Nullable [] hash(String source, long seq) {
            return hashes.get(new HistoryEntries.Key(source, seq));
        }

        @Override
        public boolean goesOn(ReceivedEntry first, boolean saved) {
            var rows =
                    tx.query(
                            """
                            SELECT FROM source s
                            JOIN entry e ON e.source = s.id
                                AND e.seq = $2
                            WHERE s.id ~>=~ $1
                                AND s.id ~<~ $5
                                AND e.hash = $3
                                AND (NOT $4 OR EXISTS (SELECT FROM entry b JOIN facet USING (index)
                                WHERE b.source = s.id AND b.seq = e.seq + 1 AND kind = 'backed_up'))
                            LIMIT 1
                            """,
                            first.family(),
                            first.seq() - 1,
                            Buffer.buffer(first.prevHash()),
                            saved,
                            behind(first.family()));
            return rows.size() > 0;
        }

        /** What is behind all texts that begin with another one. */
        private static String behind(String beginning) {
            int last = beginning.length() - 1;
            return beginning.substring(0, last) + (char) (beginning.charAt(last) + 1);
        }

        @Override
        public List<ReceivedEntry> parkedBehind(String source, long seq) {
            return ParkedEntries.behind(tx, source, seq, reader);
        }
    }

    /** What the log has of entries that come once more. */
    private static Map<HistoryEntries.Key, byte[]> hashes(
            Db.Tx tx, Map<String, HistoryState> sources, List<ReceivedEntry> received) {
        var again =
                received.stream()
                        .filter(entry -> isBehind(entry, sources))
                        .map(entry -> new HistoryEntries.Key(entry.source(), entry.seq()))
                        .toList();
        return HistoryEntries.hashes(tx, again, Long.MAX_VALUE);
    }

    private static boolean isBehind(ReceivedEntry entry, Map<String, HistoryState> sources) {
        var source = sources.get(entry.source());
        return source != null && entry.seq() < source.nextSeq();
    }

    private static void insert(Db.Tx tx, MerkleFrontier frontier, EntryBatch batch) {
        var accepted = batch.accepted();
        if (accepted.isEmpty()) {
            return;
        }
        long first = frontier.size();
        EntryFacets.insert(tx, first, accepted.stream().map(ReceivedEntry::says).toList());
        bodies(tx, first, accepted);
        var leaves = accepted.stream().map(entry -> frontier.append(entry.envelope())).toList();
        entries(tx, first, leaves, accepted);
        tx.settle();
        TileWriter.fill(tx, first, leaves);
    }

    private static void bodies(Db.Tx tx, long first, List<ReceivedEntry> accepted) {
        tx.send(
                """
                INSERT INTO body SELECT $1 + n - 1, salt, body
                FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS b(salt, body, n)
                WHERE salt IS NOT NULL
                """,
                first,
                buffers(accepted, ReceivedEntry::salt),
                buffers(accepted, ReceivedEntry::body));
    }

    private static void entries(
            Db.Tx tx, long first, List<byte[]> leaves, List<ReceivedEntry> accepted) {
        tx.send(
                """
                INSERT INTO entry(index, source, seq, envelope, hash, leaf, prev)
                SELECT $1 + n - 1,
                    source, seq, envelope, hash, leaf, prev
                FROM unnest($2::text[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[],
                    $7::bytea[]) WITH ORDINALITY AS e(source, seq, envelope, hash, leaf, prev, n)
                """,
                first,
                accepted.stream().map(ReceivedEntry::source).toArray(String[]::new),
                accepted.stream().map(ReceivedEntry::seq).toArray(Long[]::new),
                buffers(accepted, ReceivedEntry::envelope),
                buffers(accepted, ReceivedEntry::hash),
                leaves.stream().map(Buffer::buffer).toArray(Buffer[]::new),
                buffers(accepted, ReceivedEntry::prevHash));
    }

    private interface Bytes {
        byte @Nullable [] of(ReceivedEntry entry);
    }

    private static @Nullable Buffer[] buffers(List<ReceivedEntry> entries, Bytes bytes) {
        var buffers = new @Nullable Buffer[entries.size()];
        for (int i = 0; i < buffers.length; i++) {
            var value = bytes.of(entries.get(i));
            buffers[i] = value == null ? null : Buffer.buffer(value);
        }
        return buffers;
    }

    /** Notes something about an entry that must not have happened. */
    public static void note(Db.Tx tx, ReceivedEntry entry, String kind, String detail) {
        note(tx, EntryBatch.Anomaly.of(entry, kind, detail));
    }

    /** Notes so much of what waits in a history that goes on without it. */
    static void noteParked(Db.Tx tx, String source, int most) {
        tx.query(
                """
                INSERT INTO anomaly(source, seq, kind, detail, record)
                SELECT source, seq, 'fork',
                    'it waited, and somebody decided that the history goes on without it', record
                FROM parked WHERE source = $1 ORDER BY seq LIMIT $2
                """,
                source,
                most);
    }

    /**
     * From which number on others were refused since somebody decided the last time; the number
     * that is expected next where none was.
     */
    static long firstRefused(Db.Tx tx, HistoryState state) {
        return tx.query(
                        """
                        SELECT least($2::bigint, min(seq)) FROM anomaly
                        WHERE source = $1 AND kind = 'fork' AND seq >= $3
                        """,
                        state.id(),
                        state.nextSeq(),
                        state.settled())
                .iterator()
                .next()
                .getLong(0);
    }

    private static void note(Db.Tx tx, EntryBatch.Anomaly a) {
        tx.query(
                """
                INSERT INTO anomaly(source, seq, kind, detail, record) VALUES ($1, $2, $3, $4, $5)
                """,
                a.source(),
                a.seq(),
                a.kind(),
                a.detail(),
                Buffer.buffer(a.record()));
    }
}
