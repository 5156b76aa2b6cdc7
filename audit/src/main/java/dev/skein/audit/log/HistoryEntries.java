// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/**
 * Entries by their histories and numbers. Each part of the log has an index of its own for that, so
 * the newest parts are asked first, and older ones for what is not found there.
 */
public final class HistoryEntries {
    private static final String FIND =
            """
            SELECT k.source, k.seq, e.%s FROM unnest($1::text[], $2::bigint[]) AS k(source, seq)
            CROSS JOIN LATERAL (SELECT * FROM entry e WHERE e.source = k.source AND e.seq = k.seq
                AND e.index >= $3 AND e.index < $4 LIMIT 1) AS e
            """;

    private HistoryEntries() {}

    /** Which entry of which history. */
    public record Key(String source, long seq) {}

    /** The envelopes of entries, of those that the log has. */
    public static Map<Key, byte[]> envelopes(Db.Tx tx, Collection<Key> keys) {
        return find(tx, keys, Long.MAX_VALUE, FIND.formatted("envelope"));
    }

    /** The hashes of entries, of those that the log has below an index. */
    static Map<Key, byte[]> hashes(Db.Tx tx, Collection<Key> keys, long below) {
        return find(tx, keys, below, FIND.formatted("hash"));
    }

    private static Map<Key, byte[]> find(
            Db.Tx tx, Collection<Key> keys, long below, String statement) {
        var found = new HashMap<Key, byte[]>();
        var left = new HashSet<>(keys);
        if (left.isEmpty()) {
            return found;
        }
        var parts = EntryParts.newestFirst(tx, new IndexRange(0, below));
        for (var range : IndexRange.growing(parts)) {
            find(tx, left, range, statement, found);
            left.removeAll(found.keySet());
            if (left.isEmpty()) {
                break;
            }
        }
        return found;
    }

    private static void find(
            Db.Tx tx,
            Collection<Key> keys,
            IndexRange range,
            String statement,
            Map<Key, byte[]> found) {
        tx.query(
                        statement,
                        keys.stream().map(Key::source).toArray(String[]::new),
                        keys.stream().map(Key::seq).toArray(Long[]::new),
                        range.first(),
                        range.below())
                .forEach(row ->
                        found.put(
                                new Key(row.getString(0), row.getLong(1)),
                                row.getBuffer(2).getBytes()));
    }
}
