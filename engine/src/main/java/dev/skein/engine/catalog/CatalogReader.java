// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalog, or only its fingerprint. Both come from one query: the cheap form lets the
 * server hash the same rows.
 */
public final class CatalogReader {
    private static final Duration CATALOG_TIMEOUT = Duration.ofMinutes(2);
    private static final int READINGS = 5;
    private static final String CURRENT_USER = "CURRENT_USER ";
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private static final String SAVE = "SAVEPOINT catalog";
    private static final String BACK = "ROLLBACK TO SAVEPOINT catalog; RELEASE SAVEPOINT catalog";

    private CatalogReader() {}

    /** The whole database's fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session) {
        return fingerprint(session, CatalogQuery.of("", session.major()));
    }

    /** A fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session, CatalogQuery query) {
        return fingerprint(session, query, CatalogQuery::fingerprint, "ROLLBACK");
    }

    /** The same as an older version makes it. */
    public static Fingerprint fingerprint(PgSession session, CatalogQuery query, int format) {
        return fingerprint(session, query, lean -> lean.fingerprint(format), "ROLLBACK");
    }

    /** The same, and the session keeps the text that it is of, so that the journal can have it. */
    public static Fingerprint fingerprintAndKeep(PgSession session, CatalogQuery query) {
        return fingerprint(session, query, CatalogQuery::fingerprintAndKeep, "COMMIT");
    }

    /**
     * What this version and an older one make of the same schema. An older one is read on both
     * sides of this one, so that nobody's change can come between. The session keeps both texts:
     * {@link #kept}.
     *
     * @param format the older one's; this one's for a print that is of it
     * @throws SkeinException if somebody changes the schema all the time
     */
    public static SchemaSight sightAndKeep(PgSession session, CatalogQuery query, int format) {
        if (format == Fingerprint.FORMAT) {
            var print = fingerprintAndKeep(session, query);
            return new SchemaSight(print, print, 0);
        }
        var before = fingerprint(session, query, format);
        for (int i = 0; i < READINGS; i++) {
            var now =
                    asked(
                            session,
                            query,
                            lean -> lean.fingerprintAndKeep(Fingerprint.FORMAT, format),
                            "COMMIT");
            var after =
                    fingerprint(
                            session,
                            query,
                            lean -> lean.fingerprintAndKeep(format, format),
                            "COMMIT");
            if (after.equals(before)) {
                var print = Fingerprint.parse(now.getString(0));
                return new SchemaSight(print, after, now.getLong("untold"));
            }
            before = after;
        }
        throw SkeinException.failed(
                session.subject(),
                "somebody changes its schema all the time",
                "Run it again when that has ended");
    }

    /** The catalog of the text that the session keeps of a fingerprint. */
    public static Catalog kept(PgSession session, Fingerprint of) {
        var rows = session.script("SELECT " + CatalogQuery.keptIn(of.format()), CATALOG_TIMEOUT);
        var text = rows.iterator().next().getString(0);
        return CanonicalText.read(text == null ? "" : text, of)
                .orElseThrow(() -> new IllegalStateException("the session keeps another text"));
    }

    private static Fingerprint fingerprint(
            PgSession session,
            CatalogQuery query,
            Function<CatalogQuery, String> asked,
            String close) {
        return Fingerprint.parse(asked(session, query, asked, close).getString(0));
    }

    private static Row asked(
            PgSession session,
            CatalogQuery query,
            Function<CatalogQuery, String> asked,
            String close) {
        var lean = begin(session, query);
        var answer = session.send(asked.apply(lean));
        var end = session.send(close);
        var rows = session.await(answer, CATALOG_TIMEOUT);
        session.await(end, CATALOG_TIMEOUT);
        return rows.iterator().next();
    }

    /** Opens a snapshot, and leaves out of the query what the database has none of. */
    private static CatalogQuery begin(PgSession session, CatalogQuery query) {
        var begin = session.send(BEGIN + "; " + query.pins());
        var there = session.send(query.rareKinds());
        session.await(begin, CATALOG_TIMEOUT);
        return query.over(session.await(there, CATALOG_TIMEOUT).iterator().next());
    }

    /**
     * A text that stays the same while nobody changes the database's schema. It may change without
     * that, by upkeep; so an equal one means an equal schema, and another one that it has to be
     * read. It is worth nothing in another database.
     */
    public static String stamp(PgSession session) {
        var sql = CatalogQuery.stamp(session.major());
        return session.script(sql, CATALOG_TIMEOUT).iterator().next().getString(0);
    }

    /**
     * The whole database's catalog, every partition included, in one round trip. Default privileges
     * of who reads are CURRENT_USER's, so that catalogs read by different roles can be compared;
     * the fingerprint has the role's name, whoever reads.
     */
    public static Catalog read(PgSession session) {
        return read(session, BEGIN, false, "ROLLBACK");
    }

    /** The same with the role's name, for who compares it with what another role has read. */
    public static Catalog readNamed(PgSession session) {
        var query = CatalogQuery.everything(session.major());
        return read(session, query, BEGIN, false, true, "ROLLBACK");
    }

    /** The same with what needs what, from one snapshot. */
    public static Catalog readWithNeeds(PgSession session) {
        return read(session, BEGIN, true, "ROLLBACK");
    }

    /** The whole catalog as a transaction sees it that is open; it goes on as it was. */
    public static Catalog readInside(PgSession session) {
        return read(session, SAVE, false, BACK);
    }

    /** The same with the role's name, for who compares it with what another role has read. */
    public static Catalog readNamedInside(PgSession session) {
        return read(session, CatalogQuery.everything(session.major()), SAVE, false, true, BACK);
    }

    /** A fingerprint as a transaction sees it that is open; it goes on as it was. */
    public static Fingerprint fingerprintInside(PgSession session) {
        return fingerprintInside(session, Fingerprint.FORMAT);
    }

    /**
     * The same.
     *
     * @param format of the fingerprint that it is to be compared with
     */
    public static Fingerprint fingerprintInside(PgSession session, int format) {
        var query = CatalogQuery.of("", session.major());
        var open = session.send(SAVE + "; " + query.pins());
        var answer = session.send(query.fingerprint(format));
        var close = session.send(BACK);
        session.await(open, CATALOG_TIMEOUT);
        var rows = session.await(answer, CATALOG_TIMEOUT);
        session.await(close, CATALOG_TIMEOUT);
        return Fingerprint.parse(rows.iterator().next().getString(0));
    }

    /** What a fingerprint is of, of a journal's target: partitions count as part of their table. */
    public static Catalog read(PgSession session, CatalogQuery query) {
        return read(session, query, BEGIN, false, true, "ROLLBACK");
    }

    /**
     * What a fingerprint is of, as a transaction sees it that is open: partitions count as part of
     * their table. With what needs what.
     */
    public static Catalog mainInside(PgSession session) {
        return read(session, CatalogQuery.of("", session.major()), SAVE, true, true, BACK);
    }

    private static Catalog read(PgSession session, String open, boolean withNeeds, String close) {
        var query = CatalogQuery.everything(session.major());
        return read(session, query, open, withNeeds, false, close);
    }

    private static Catalog read(
            PgSession session,
            CatalogQuery query,
            String open,
            boolean withNeeds,
            boolean named,
            String close) {
        var begin = session.send(open + "; " + query.pins());
        var list = session.send(query.list());
        var needs = withNeeds ? session.send(CatalogQuery.needs()) : null;
        var attached = withNeeds ? session.send(CatalogQuery.attached()) : null;
        var end = session.send(close);
        session.await(begin, CATALOG_TIMEOUT);
        var items = new TreeMap<ItemId, CatalogItem>();
        var positions = new HashMap<ItemId, Integer>();
        var places = new HashMap<Place, ItemId>();
        var lines = new ArrayList<FingerprintLine>();
        for (var row : session.await(list, CATALOG_TIMEOUT)) {
            lines.add(FingerprintLine.of(row));
            var item = item(row, named);
            items.put(item.id(), item);
            positions.put(item.id(), row.getInteger(5));
            places.put(new Place(row.getLong(3), row.getLong(4), row.getInteger(5)), item.id());
        }
        var graph = needs == null ? null : graph(session.await(needs, CATALOG_TIMEOUT), places);
        var parts =
                attached == null
                        ? List.<AttachedPart>of()
                        : parts(session.await(attached, CATALOG_TIMEOUT));
        session.await(end, CATALOG_TIMEOUT);
        var identities = new HashMap<ItemId, String>();
        places.forEach((place, id) -> identities.put(id, place.toString()));
        var print = FingerprintLine.fingerprint(lines, session.major());
        return new Catalog(print, items, positions, identities, graph, parts);
    }

    private static List<AttachedPart> parts(RowSet<Row> rows) {
        var parts = new ArrayList<AttachedPart>();
        for (var row : rows) {
            var id =
                    new ItemId(ObjectKind.of(row.getString(0)), row.getString(1), row.getString(2));
            var item = new CatalogItem(id, Map.of(Attribute.DEFINITION, row.getString(3)));
            parts.add(new AttachedPart(item, row.getString(4), row.getBoolean(5)));
        }
        return parts;
    }

    private static Map<ItemId, Set<ItemId>> graph(RowSet<Row> rows, Map<Place, ItemId> places) {
        var graph = new HashMap<ItemId, Set<ItemId>>();
        rows.forEach(row -> need(row, places, graph));
        return graph;
    }

    /** Where an object is in the server's catalogs; never leaves this class. */
    private record Place(long table, long object, int column) {
        /** What needs something: for an inherited column that is no item, the one it comes from. */
        static @Nullable ItemId needing(Row row, Map<Place, ItemId> places) {
            long origin = row.getLong(6);
            var exact = places.get(new Place(row.getLong(0), row.getLong(1), row.getInteger(2)));
            return exact == null && origin != 0
                    ? places.get(new Place(row.getLong(0), origin, row.getInteger(7)))
                    : find(row, 0, places);
        }

        /** The object with this column; else, where it is no item of its own, the whole object. */
        static @Nullable ItemId find(Row row, int at, Map<Place, ItemId> places) {
            long table = row.getLong(at);
            long object = row.getLong(at + 1);
            var exact = places.get(new Place(table, object, row.getInteger(at + 2)));
            return exact == null ? places.get(new Place(table, object, 0)) : exact;
        }
    }

    private static CatalogItem item(Row row, boolean named) {
        var item = FingerprintLine.of(row).item();
        var id = item.id();
        var own = row.getString(7) + " ";
        if (!named && id.kind() == ObjectKind.DEFAULT_PRIVILEGES && id.name().startsWith(own)) {
            var name = CURRENT_USER + id.name().substring(own.length());
            return new CatalogItem(new ItemId(id.kind(), id.relation(), name), item.attributes());
        }
        return item;
    }

    private static void need(Row row, Map<Place, ItemId> places, Map<ItemId, Set<ItemId>> graph) {
        var from = Place.needing(row, places);
        var to = Place.find(row, 3, places);
        if (from != null && to != null && !from.equals(to)) {
            graph.computeIfAbsent(from, id -> new HashSet<>()).add(to);
        }
    }
}
