// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what entries are searched by. */
final class EntryFacets {
    private EntryFacets() {}

    static void insert(Db.Tx tx, long first, List<EntryFacet> facets) {
        tx.send(
                """
                INSERT INTO facet SELECT $1 + n - 1, kind, uid, rollout, revision, actor, at
                FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::timestamptz[]) WITH ORDINALITY AS f(kind, uid, rollout, revision, actor, at, n)
                """,
                first,
                texts(facets, EntryFacet::kind),
                texts(facets, EntryFacet::uid),
                texts(facets, EntryFacet::rollout),
                texts(facets, EntryFacet::revision),
                texts(facets, EntryFacet::actor),
                facets.stream().map(EntryFacet::at).toArray(OffsetDateTime[]::new));
    }

    private static @Nullable String[] texts(
            List<EntryFacet> facets, Function<EntryFacet, @Nullable String> part) {
        var texts = new @Nullable String[facets.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = part.apply(facets.get(i));
        }
        return texts;
    }
}
