// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.audit.log.LogSearch.Wanted;
import dev.skein.service.database.Db;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the indexes of entries by what their facets say: part by part from one end of the log, and
 * of a time only where entries of that time are. So it costs what is found, however long the log
 * is.
 */
final class FacetSearch {
    private static final String FOUND =
            """
            SELECT f.index FROM unnest($10::bigint[], $11::bigint[]) AS s(first, below)
            CROSS JOIN LATERAL (SELECT f.index FROM facet f
                WHERE f.index >= $1 AND f.index < $2 AND f.index >= s.first AND f.index < s.below AND
                ($3::text IS NULL OR f.uid = $3) AND ($4::text IS NULL OR f.rollout = $4) AND
                ($5::text IS NULL OR f.revision = $5) AND ($6::text IS NULL OR f.actor = $6) AND
                ($7::text IS NULL OR f.kind = $7) AND ($8::timestamptz IS NULL OR f.at >= $8) AND
                ($9::timestamptz IS NULL OR f.at < $9)
                ORDER BY f.index%1$s LIMIT $12) AS f
            ORDER BY f.index%1$s
            LIMIT $12
            """;

    private static final String NEWEST = FOUND.formatted(" DESC");
    private static final String OLDEST = FOUND.formatted("");

    private final Db.Tx tx;
    private final Wanted wanted;

    FacetSearch(Db.Tx tx, Wanted wanted) {
        this.tx = tx;
        this.wanted = wanted;
    }

    /** The last ones of a range, from its end back. */
    List<Long> newest(IndexRange of, int most) {
        return find(EntryParts.newestFirst(tx, of), NEWEST, most);
    }

    /** The first ones of a range. */
    List<Long> oldest(IndexRange of, int most) {
        return find(EntryParts.oldestFirst(tx, of), OLDEST, most);
    }

    private List<Long> find(List<IndexRange> parts, String statement, int most) {
        var stretches = stretches();
        var found = new ArrayList<Long>();
        for (var range : IndexRange.growing(parts)) {
            var some =
                    stretches.stream()
                            .map(range::within)
                            .filter(stretch -> !stretch.isEmpty())
                            .toList();
            if (!some.isEmpty()) {
                found.addAll(within(some, statement, most - found.size()));
            }
            if (found.size() == most) {
                break;
            }
        }
        return found;
    }

    private List<IndexRange> stretches() {
        return wanted.since() == null && wanted.until() == null
                ? List.of(new IndexRange(0, Long.MAX_VALUE))
                : EntrySpans.having(tx, wanted.since(), wanted.until());
    }

    private List<Long> within(List<IndexRange> stretches, String statement, int most) {
        var around = IndexRange.around(stretches);
        return tx.list(
                statement,
                row -> row.getLong(0),
                around.first(),
                around.below(),
                wanted.database(),
                wanted.rollout(),
                wanted.revision(),
                wanted.actor(),
                wanted.kind(),
                wanted.since(),
                wanted.until(),
                stretches.stream().map(IndexRange::first).toArray(Long[]::new),
                stretches.stream().map(IndexRange::below).toArray(Long[]::new),
                (long) most);
    }
}
