// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a catalog, or only its fingerprint. Both come from one query, so they cannot disagree: the
 * cheap form lets the server hash the same rows.
 */
public final class CatalogReader {
    private static final Duration BOUND = Duration.ofMinutes(2);

    private CatalogReader() {}

    /** The whole database's fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session) {
        return fingerprint(session, CatalogQuery.DATABASE);
    }

    /** A fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session, CatalogQuery query) {
        var begin = session.send("BEGIN READ ONLY; " + query.pins());
        var answer = session.send(query.fingerprint());
        var end = session.send("ROLLBACK");
        session.await(begin, BOUND);
        var rows = session.await(answer, BOUND);
        session.await(end, BOUND);
        return Fingerprint.parse(rows.iterator().next().getString(0));
    }

    /** The whole database's catalog with its fingerprint, from one snapshot. */
    public static Catalog read(PgSession session) {
        return read(session, CatalogQuery.DATABASE);
    }

    /** A catalog with its fingerprint, from one snapshot. */
    public static Catalog read(PgSession session, CatalogQuery query) {
        var items = new ArrayList<CatalogItem>();
        var begin =
                session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + query.pins());
        var list = session.send(query.list());
        var hash = session.send(query.fingerprint());
        var end = session.send("ROLLBACK");
        session.await(begin, BOUND);
        session.await(list, BOUND)
                .forEach(r ->
                        items.add(new CatalogItem(r.getString(0), r.getString(1), r.getString(2))));
        var fingerprint = session.await(hash, BOUND).iterator().next().getString(0);
        session.await(end, BOUND);
        return new Catalog(Fingerprint.parse(fingerprint), List.copyOf(items));
    }
}
