// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.ClassResources;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A database at one moment inside a transaction. */
record CatalogSnapshot(
        Catalog catalog, Map<Long, ObservedRelation> relations, Set<String> identities) {
    private static final String QUERY = ClassResources.text(CatalogSnapshot.class, "relations.sql");
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    /** What the server knows an object by; its name, where there is nothing better. */
    String identity(ItemId id) {
        return name(catalog, id);
    }

    private static String name(Catalog catalog, ItemId id) {
        var known = catalog.identity(id);
        return known == null ? id.toString() : known;
    }

    /** Takes one; the transaction goes on as if it had not been asked. */
    static CatalogSnapshot take(PgSession session) {
        var relations = new HashMap<Long, ObservedRelation>();
        session.script("SAVEPOINT look; SET LOCAL search_path = pg_catalog", QUERY_TIMEOUT);
        for (var row : session.script(QUERY, QUERY_TIMEOUT)) {
            var relation = relation(row);
            relations.put(relation.oid(), relation);
        }
        session.script("ROLLBACK TO SAVEPOINT look; RELEASE SAVEPOINT look", QUERY_TIMEOUT);
        var catalog = CatalogReader.readInside(session);
        var identities = new HashSet<String>();
        catalog.items().keySet().forEach(id -> identities.add(name(catalog, id)));
        return new CatalogSnapshot(catalog, relations, identities);
    }

    private static ObservedRelation relation(Row row) {
        var columns = new HashMap<Integer, String>();
        for (var column : row.getArrayOfStrings(7)) {
            int colon = column.indexOf(':');
            columns.put(Integer.valueOf(column.substring(0, colon)), column.substring(colon + 1));
        }
        return new ObservedRelation(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                Set.of(row.getArrayOfStrings(4)),
                row.getLong(5),
                row.getLong(6),
                columns);
    }
}
