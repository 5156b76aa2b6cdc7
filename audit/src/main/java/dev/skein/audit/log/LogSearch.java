// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.proof.DepartedCheckpoints;
import dev.skein.engine.proof.ResolvedHistories;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries. */
@ApplicationScoped
public class LogSearch {
    /** What the first entry of a history goes on from, and who does not say. */
    private static final byte[] NONE = new byte[32];

    private static final String COLUMNS =
            """
            SELECT e.index, e.source, e.seq, e.envelope, e.prev, b.salt, b.body
            FROM entry e
            """;

    private static final String OWN =
            """
            SELECT index FROM entry WHERE source = $1 AND index < $2
            UNION
            SELECT e.index FROM facet f JOIN entry e ON e.index = f.index
            WHERE f.kind = $3 AND f.index < $2 AND e.source LIKE 'source/%'
            ORDER BY 1
            """;

    private static final String RANGE =
            """
            %sLEFT JOIN body b ON b.index = e.index AND b.index >= $1 AND b.index < $2
            WHERE e.index >= $1 AND e.index < $2
            ORDER BY e.index
            LIMIT %%d
            """
                    .formatted(COLUMNS);

    /** The indexes are known: what they are found by is in another table than what is shown. */
    private static final String CHOSEN =
            """
            %sLEFT JOIN body b ON b.index = e.index AND b.index = ANY ($1)
            WHERE e.index = ANY ($1)
            ORDER BY e.index
            """
                    .formatted(COLUMNS);

    /**
     * What is asked for; null where it does not matter.
     *
     * @param database a uid
     * @param since the earliest time
     * @param until the first time that is too late
     * @param only one entry's index
     */
    public record Wanted(
            @Nullable String database,
            @Nullable String rollout,
            @Nullable String revision,
            @Nullable String actor,
            @Nullable String kind,
            @Nullable OffsetDateTime since,
            @Nullable OffsetDateTime until,
            @Nullable Long only) {
        /** Whether everything is asked for. */
        public boolean isAll() {
            return database == null
                    && rollout == null
                    && revision == null
                    && actor == null
                    && kind == null
                    && since == null
                    && until == null
                    && only == null;
        }
    }

    /**
     * An entry.
     *
     * @param prev hash of the entry before it in its history; zeros before the first
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Entry(
            long index,
            String source,
            long seq,
            byte[] envelope,
            byte[] prev,
            byte @Nullable [] salt,
            byte @Nullable [] body) {
        private HistoryEntries.Key key(int further) {
            return new HistoryEntries.Key(source, seq + further);
        }

        private Entry behind(byte[] other) {
            return new Entry(index, source, seq, envelope, other, salt, body);
        }

        /** The uid of the database whose history it belongs to; empty where it is of none. */
        public String uid() {
            return source.startsWith("db/") ? source.split("/", 3)[1] : "";
        }
    }

    /**
     * Entries from an index on and below another one, in the log's order.
     *
     * @return some, at most so many; none where there are none
     */
    public List<Entry> find(Db.Tx tx, Wanted wanted, long from, long below, int most) {
        var only = wanted.only();
        var of =
                only == null
                        ? new IndexRange(from, below)
                        : new IndexRange(Math.max(from, only), Math.min(below, only + 1));
        if (wanted.isAll() || only != null) {
            return next(tx, of, most);
        }
        return chosen(tx, new FacetSearch(tx, wanted).oldest(of, most));
    }

    /** The entries that are next; further on where some were taken out. */
    private static List<Entry> next(Db.Tx tx, IndexRange of, int most) {
        long size = most;
        for (long at = of.first(); at < of.below(); at += size, size *= 2) {
            long end = at > of.below() - size ? of.below() : at + size;
            var found = tx.list(RANGE.formatted(most), LogSearch::entry, at, end);
            if (!found.isEmpty()) {
                return chained(tx, found);
            }
        }
        return List.of();
    }

    private static List<Entry> chosen(Db.Tx tx, List<Long> indexes) {
        if (indexes.isEmpty()) {
            return List.of();
        }
        var all = (Object) indexes.toArray(Long[]::new);
        return chained(tx, tx.list(CHOSEN, LogSearch::entry, all));
    }

    /** What each goes on from; entries of an older version did not note it. */
    private static List<Entry> chained(Db.Tx tx, List<Entry> entries) {
        var before =
                entries.stream()
                        .filter(entry -> entry.seq() > 1 && Arrays.equals(entry.prev(), NONE))
                        .map(entry -> entry.key(-1))
                        .toList();
        long below = entries.isEmpty() ? 0 : entries.getLast().index();
        var hashes = HistoryEntries.hashes(tx, before, below);
        return entries.stream()
                .map(entry -> entry.behind(hashes.getOrDefault(entry.key(-1), entry.prev())))
                .toList();
    }

    /**
     * What the log tells of itself, and of histories that somebody let go on, below an index: an
     * export of a part has it, too.
     */
    List<Entry> ownEntries(Db.Tx tx, long below) {
        return chosen(
                tx,
                tx.list(
                        OWN,
                        row -> row.getLong(0),
                        DepartedCheckpoints.STREAM,
                        below,
                        ResolvedHistories.TYPE));
    }

    /** The newest entries below an index, newest first. */
    public List<Entry> newest(Db.Tx tx, Wanted wanted, long below, int most) {
        var indexes = new FacetSearch(tx, wanted).newest(new IndexRange(0, below), most);
        return chosen(tx, indexes).reversed();
    }

    /** The entry at an index. */
    public Optional<Entry> at(Db.Tx tx, long index) {
        return chosen(tx, List.of(index)).stream().findFirst();
    }

    /**
     * The names of databases as {@code site/name}, by uid: as agents last told of them, which is
     * not a part of the log.
     */
    public Map<String, String> names(Db.Tx tx, List<String> uids) {
        var names = new HashMap<String, String>();
        tx.query(
                        "SELECT uid, site || '/' || name FROM fleet WHERE uid = ANY ($1)",
                        (Object) uids.toArray(String[]::new))
                .forEach(row -> names.put(row.getString(0), row.getString(1)));
        return names;
    }

    private static Entry entry(Row row) {
        var prev = bytes(row.getBuffer(4));
        return new Entry(
                row.getLong(0),
                row.getString(1),
                row.getLong(2),
                row.getBuffer(3).getBytes(),
                prev == null ? NONE : prev,
                bytes(row.getBuffer(5)),
                bytes(row.getBuffer(6)));
    }

    private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }
}
