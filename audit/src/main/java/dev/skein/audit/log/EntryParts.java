// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import java.util.List;

/**
 * The parts that the log's entries are in, by their indexes: the table {@code entry_part}, and the
 * partitions of {@code entry}, {@code body} and {@code facet}. They are made ahead of the log by a
 * function of the database, since who serves may own none of its tables.
 */
final class EntryParts {
    /** Entries of a part. */
    static final long SIZE = 1L << 22;

    /** So many empty parts at the least are ahead of the log. */
    private static final int AHEAD = 2;

    private EntryParts() {}

    /**
     * Makes a part where there is little room left.
     *
     * @param entries of a part
     * @return whether it did
     */
    static boolean makeAhead(Db.Tx tx, long entries) {
        var room =
                tx.list(
                        "SELECT (SELECT max(below) FROM entry_part) - size FROM log_state",
                        row -> row.getLong(0));
        if (room.getFirst() >= AHEAD * entries) {
            return false;
        }
        make(tx, entries);
        return true;
    }

    private static long make(Db.Tx tx, long entries) {
        return tx.list("SELECT make_entry_part($1)", row -> row.getLong(0), entries).getFirst();
    }

    /** Makes room for a batch, which is needed where nobody did so ahead of it. */
    static void require(Db.Tx tx, long size, long room) {
        for (long has = room; has < size; ) {
            has = make(tx, SIZE);
        }
    }

    /** The parts that have entries of a range, from the last one back. */
    static List<IndexRange> newestFirst(Db.Tx tx, IndexRange of) {
        return oldestFirst(tx, of).reversed();
    }

    /** The same in the log's order. */
    static List<IndexRange> oldestFirst(Db.Tx tx, IndexRange of) {
        return tx
                .list(
                        """
                        SELECT first, least(below, size) FROM entry_part, log_state
                        WHERE first < size AND below > $1 AND first < $2 ORDER BY first
                        """,
                        row -> new IndexRange(row.getLong(0), row.getLong(1)),
                        of.first(),
                        of.below())
                .stream()
                .map(part -> part.within(of))
                .toList();
    }
}
