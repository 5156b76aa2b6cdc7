// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the entries of each stretch of the log were made: the table {@code entry_span}. They come
 * late and out of order, so it is noted of the entries themselves, behind the log; a time is looked
 * for in the stretches that have it, and in what is not noted yet.
 */
final class EntrySpans {
    /** Entries of a stretch: as many as a tile of tiles has. */
    static final long WIDTH = 1L << 16;

    private static final String HAVING =
            """
            SELECT min(number), max(number) + 1 FROM (
                SELECT number, number - row_number() OVER (ORDER BY number) AS island FROM entry_span
                WHERE ($1::timestamptz IS NULL OR latest >= $1)
                    AND ($2::timestamptz IS NULL OR earliest < $2) AND latest IS NOT NULL) AS s
            GROUP BY island
            ORDER BY min(number)
            """;

    private EntrySpans() {}

    /**
     * Notes the next stretch, where the log has all of it.
     *
     * @return whether it had
     */
    static boolean note(Db.Tx tx) {
        long first = noted(tx);
        var size = tx.list("SELECT size FROM log_state", row -> row.getLong(0)).getFirst();
        if (first + WIDTH > size) {
            return false;
        }
        tx.query(
                """
                INSERT INTO entry_span SELECT $1, min(at), max(at)
                FROM facet WHERE index >= $2 AND index < $3
                ON CONFLICT DO NOTHING
                """,
                first / WIDTH,
                first,
                first + WIDTH);
        return true;
    }

    /** The first index that is not noted. */
    private static long noted(Db.Tx tx) {
        return tx.list(
                        "SELECT coalesce(max(number) + 1, 0) FROM entry_span",
                        row -> row.getLong(0) * WIDTH)
                .getFirst();
    }

    /** Where entries of a time may be, in the log's order. */
    static List<IndexRange> having(
            Db.Tx tx, @Nullable OffsetDateTime since, @Nullable OffsetDateTime until) {
        long noted = noted(tx);
        var before = new IndexRange(0, noted); // more may be noted meanwhile
        var ranges =
                new ArrayList<>(tx.list(HAVING, row -> stretch(row).within(before), since, until));
        ranges.add(new IndexRange(noted, Long.MAX_VALUE));
        return ranges;
    }

    private static IndexRange stretch(Row row) {
        return new IndexRange(row.getLong(0) * WIDTH, row.getLong(1) * WIDTH);
    }
}
