// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.proof.DepartedCheckpoints;
import dev.skein.engine.proof.ResolvedHistories;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds entries. */
@ApplicationScoped
public class LogSearch {
    private static final String COLUMNS =
            """
            SELECT e.index, e.source, e.seq, e.envelope, coalesce(e.prev, p.hash), b.salt, b.body
            FROM entry e
            LEFT JOIN body b ON b.index = e.index
            LEFT JOIN entry p ON p.source = e.source
                AND p.seq = e.seq - 1
            WHERE
            """;
    private static final String ALL = COLUMNS + "e.index >= $1 AND e.index < $2 ORDER BY e.index";

    private static final String OWN =
            """
            e.index < $2 AND (e.source = $1
                OR e.index IN (SELECT f.index FROM facet f WHERE f.kind = $3)
                    AND e.source LIKE 'source/%')
            ORDER BY e.index
            """;

    /** The indexes first: what they are found by is in another table than what is shown. */
    private static final String FOUND =
            """
            %se.index IN (SELECT f.index FROM facet f WHERE f.index >= $1 AND f.index < $2 AND
                ($3::text IS NULL OR f.uid = $3) AND ($4::text IS NULL OR f.rollout = $4) AND
                ($5::text IS NULL OR f.revision = $5) AND ($6::text IS NULL OR f.actor = $6) AND
                ($7::text IS NULL OR f.kind = $7) AND ($8::timestamptz IS NULL OR f.at >= $8) AND
                ($9::timestamptz IS NULL OR f.at < $9) ORDER BY f.index%%1$s LIMIT %%2$d)
            ORDER BY e.index%%1$s
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
        /** The uid of the database whose history it belongs to; empty where it is of none. */
        public String uid() {
            return source.startsWith("db/") ? source.split("/", 3)[1] : "";
        }
    }

    /** Entries from an index on and below another one, in the log's order. */
    public List<Entry> find(Db.Tx tx, Wanted wanted, long from, long below, int most) {
        var only = wanted.only();
        long first = only == null ? from : Math.max(from, only);
        long end = only == null ? below : Math.min(below, only + 1);
        if (wanted.isAll() || only != null) {
            return tx.list(ALL + " LIMIT " + most, LogSearch::entry, first, end);
        }
        return found(tx, wanted, first, end, FOUND.formatted("", most));
    }

    /**
     * What the log tells of itself, and of histories that somebody let go on, below an index: an
     * export of a part has it, too.
     */
    List<Entry> ownEntries(Db.Tx tx, long below) {
        return tx.list(
                COLUMNS + OWN,
                LogSearch::entry,
                DepartedCheckpoints.STREAM,
                below,
                ResolvedHistories.TYPE);
    }

    /** The newest entries below an index, newest first. */
    public List<Entry> newest(Db.Tx tx, Wanted wanted, long below, int most) {
        return found(tx, wanted, 0, below, FOUND.formatted(" DESC", most));
    }

    private static List<Entry> found(Db.Tx tx, Wanted wanted, long from, long below, String sql) {
        return tx.list(
                sql,
                LogSearch::entry,
                from,
                below,
                wanted.database(),
                wanted.rollout(),
                wanted.revision(),
                wanted.actor(),
                wanted.kind(),
                wanted.since(),
                wanted.until());
    }

    /** The entry at an index. */
    public Optional<Entry> at(Db.Tx tx, long index) {
        return tx.list(COLUMNS + "e.index = $1", LogSearch::entry, index).stream().findFirst();
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
                prev == null ? new byte[32] : prev,
                bytes(row.getBuffer(5)),
                bytes(row.getBuffer(6)));
    }

    private static byte @Nullable [] bytes(@Nullable Buffer buffer) {
        return buffer == null ? null : buffer.getBytes();
    }
}
