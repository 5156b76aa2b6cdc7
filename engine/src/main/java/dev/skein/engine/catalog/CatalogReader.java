// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a catalog, or only its fingerprint. Both come from one query: the cheap form lets the
 * server hash the same rows.
 */
public final class CatalogReader {
    private static final Duration CATALOG_TIMEOUT = Duration.ofMinutes(2);
    private static final int READINGS = 5;

    /** What a snapshot is taken between. */
    private record Frame(String open, String close) {
        private static final String SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

        static final Frame ALONE = new Frame(SNAPSHOT, "ROLLBACK");

        /** What it sets in the session stays. */
        static final Frame KEEPING = new Frame(SNAPSHOT, "COMMIT");

        /** Inside a transaction, which goes on as it was. */
        static final Frame INSIDE =
                new Frame(
                        "SAVEPOINT catalog",
                        "ROLLBACK TO SAVEPOINT catalog; RELEASE SAVEPOINT catalog");
    }

    private CatalogReader() {}

    /** The whole database's fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session) {
        return fingerprint(session, CatalogQuery.of("", session.major()));
    }

    /** A fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session, CatalogQuery query) {
        return fingerprint(session, query, CatalogQuery::fingerprint, Frame.ALONE);
    }

    /** The same as an older version makes it. */
    public static Fingerprint fingerprint(PgSession session, CatalogQuery query, int format) {
        return fingerprint(session, query, lean -> lean.fingerprint(format), Frame.ALONE);
    }

    /** The same, and the session keeps the text that it is of, so that the journal can have it. */
    public static Fingerprint fingerprintAndKeep(PgSession session, CatalogQuery query) {
        return fingerprint(session, query, CatalogQuery::fingerprintAndKeep, Frame.KEEPING);
    }

    /**
     * What this version and an older one make of the same schema. An older one is read on both
     * sides of this one, so that nobody's change can come between. The session keeps both texts:
     * {@link #kept}.
     *
     * @param format the older one's; this one's for a fingerprint that is of it
     * @throws SkeinException if somebody changes the schema all the time
     */
    public static SchemaSight sightAndKeep(PgSession session, CatalogQuery query, int format) {
        if (format == Fingerprint.FORMAT) {
            var fingerprint = fingerprintAndKeep(session, query);
            return new SchemaSight(fingerprint, fingerprint, 0);
        }
        var before = fingerprint(session, query, format);
        for (int i = 0; i < READINGS; i++) {
            var now = askedAndKept(session, query, Fingerprint.FORMAT, format);
            var after =
                    Fingerprint.parse(askedAndKept(session, query, format, format).getString(0));
            if (after.equals(before)) {
                var fingerprint = Fingerprint.parse(now.getString(0));
                return new SchemaSight(fingerprint, after, now.getLong("untold"));
            }
            before = after;
        }
        throw SkeinException.failed(
                session.subject(),
                "somebody changes its schema all the time",
                "Run it again when that has ended");
    }

    private static Row askedAndKept(PgSession session, CatalogQuery query, int format, int older) {
        return asked(session, query, lean -> lean.fingerprintAndKeep(format, older), Frame.KEEPING);
    }

    /** The catalog of the text that the session keeps of a fingerprint. */
    public static Catalog kept(PgSession session, Fingerprint of) {
        var rows = session.script("SELECT " + KeptText.in(of.format()), CATALOG_TIMEOUT);
        var text = rows.iterator().next().getString(0);
        return CanonicalText.read(text == null ? "" : text, of)
                .orElseThrow(() -> new IllegalStateException("the session keeps another text"));
    }

    private static Fingerprint fingerprint(
            PgSession session,
            CatalogQuery query,
            Function<CatalogQuery, String> asked,
            Frame frame) {
        return Fingerprint.parse(asked(session, query, asked, frame).getString(0));
    }

    private static Row asked(
            PgSession session,
            CatalogQuery query,
            Function<CatalogQuery, String> asked,
            Frame frame) {
        var lean = begin(session, query, frame);
        var answer = session.send(asked.apply(lean));
        var end = session.send(frame.close());
        var rows = session.await(answer, CATALOG_TIMEOUT);
        session.await(end, CATALOG_TIMEOUT);
        return rows.iterator().next();
    }

    /** Opens a snapshot, and leaves out of the query what the database has none of. */
    private static CatalogQuery begin(PgSession session, CatalogQuery query, Frame frame) {
        var begin = session.send(frame.open() + "; " + query.pins());
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
        return readEverything(session, Frame.ALONE, false);
    }

    /** The same with the role's name, for who compares it with what another role has read. */
    public static Catalog readNamed(PgSession session) {
        var query = CatalogQuery.everything(session.major());
        return read(session, query, Frame.ALONE, false, true);
    }

    /** The same with what needs what, from one snapshot. */
    public static Catalog readWithNeeds(PgSession session) {
        return readEverything(session, Frame.ALONE, true);
    }

    /** The whole catalog as a transaction sees it that is open; it goes on as it was. */
    public static Catalog readInside(PgSession session) {
        return readEverything(session, Frame.INSIDE, false);
    }

    /** The same with the role's name, for who compares it with what another role has read. */
    public static Catalog readNamedInside(PgSession session) {
        var query = CatalogQuery.everything(session.major());
        return read(session, query, Frame.INSIDE, false, true);
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
        var open = session.send(Frame.INSIDE.open() + "; " + query.pins());
        var answer = session.send(query.fingerprint(format));
        var close = session.send(Frame.INSIDE.close());
        session.await(open, CATALOG_TIMEOUT);
        var rows = session.await(answer, CATALOG_TIMEOUT);
        session.await(close, CATALOG_TIMEOUT);
        return Fingerprint.parse(rows.iterator().next().getString(0));
    }

    /** What a fingerprint is of, of a journal's target: partitions count as part of their table. */
    public static Catalog read(PgSession session, CatalogQuery query) {
        return read(session, query, Frame.ALONE, false, true);
    }

    /**
     * What a fingerprint is of, as a transaction sees it that is open: partitions count as part of
     * their table. With what needs what.
     */
    public static Catalog mainInside(PgSession session) {
        return read(session, CatalogQuery.of("", session.major()), Frame.INSIDE, true, true);
    }

    private static Catalog readEverything(PgSession session, Frame frame, boolean withNeeds) {
        return read(session, CatalogQuery.everything(session.major()), frame, withNeeds, false);
    }

    private static Catalog read(
            PgSession session, CatalogQuery query, Frame frame, boolean withNeeds, boolean named) {
        var begin = session.send(frame.open() + "; " + query.pins());
        var list = session.send(query.list());
        var needs = withNeeds ? session.send(CatalogQuery.needs()) : null;
        var attached = withNeeds ? session.send(CatalogQuery.attached()) : null;
        var end = session.send(frame.close());
        session.await(begin, CATALOG_TIMEOUT);
        var rows = new CatalogRows(session.await(list, CATALOG_TIMEOUT), named);
        var graph = needs == null ? null : rows.needs(session.await(needs, CATALOG_TIMEOUT));
        var parts =
                attached == null
                        ? List.<AttachedPart>of()
                        : CatalogRows.parts(session.await(attached, CATALOG_TIMEOUT));
        session.await(end, CATALOG_TIMEOUT);
        return rows.catalog(session.major(), graph, parts);
    }
}
