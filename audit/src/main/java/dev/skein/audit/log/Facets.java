// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.postgres.Db;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps what entries are searched by. */
final class Facets {
    private Facets() {}

    static void insert(Db.Tx tx, long first, List<Facet> facets) {
        tx.send(
                "INSERT INTO facet SELECT $1 + n - 1, kind, uid, rollout, revision, actor, at FROM"
                        + " unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[],"
                        + " $7::timestamptz[]) WITH ORDINALITY AS f(kind, uid, rollout, revision,"
                        + " actor, at, n)",
                first,
                texts(facets, Facet::kind),
                texts(facets, Facet::uid),
                texts(facets, Facet::rollout),
                texts(facets, Facet::revision),
                texts(facets, Facet::actor),
                facets.stream().map(Facet::at).toArray(OffsetDateTime[]::new));
    }

    private static @Nullable String[] texts(
            List<Facet> facets, Function<Facet, @Nullable String> part) {
        var texts = new @Nullable String[facets.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = part.apply(facets.get(i));
        }
        return texts;
    }
}
