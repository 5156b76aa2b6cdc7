// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.Resources;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a catalog, or only its fingerprint. Both come from one query, so they cannot disagree: the
 * cheap form lets the server hash the same rows.
 */
public final class CatalogReader {
    /** The settings that change how the server prints definitions; pinned before reading. */
    public static final String PINS =
            "SET LOCAL search_path = pg_catalog; SET LOCAL \"TimeZone\" = 'UTC'; SET LOCAL"
                + " \"IntervalStyle\" = 'postgres'; SET LOCAL \"DateStyle\" = 'ISO, MDY'; SET LOCAL"
                + " bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL"
                + " quote_all_identifiers = off;";

    private static final String ITEMS = Resources.text(CatalogReader.class, "catalog.sql");
    private static final String SHA =
            "encode(sha256(convert_to(coalesce(string_agg(kind || E'\\t' || name || E'\\t'"
                    + " || definition, E'\\n' ORDER BY kind COLLATE \"C\", name COLLATE \"C\","
                    + " definition COLLATE \"C\"), ''), 'UTF8')), 'hex')";

    /** A query for one row with one text: the fingerprint. Needs {@link #PINS} in force. */
    public static final String FINGERPRINT_QUERY =
            ITEMS
                    + "SELECT '"
                    + Fingerprint.FORMAT
                    + "-' || current_setting('server_version_num')::int / 10000 || '-' || "
                    + SHA
                    + " FROM item";

    private static final String LIST =
            ITEMS
                    + "SELECT kind, name, definition FROM item ORDER BY kind COLLATE \"C\","
                    + " name COLLATE \"C\", definition COLLATE \"C\"";
    private static final Duration BOUND = Duration.ofMinutes(2);

    private CatalogReader() {}

    /** The fingerprint, computed by the server. */
    public static Fingerprint fingerprint(PgSession session) {
        var rows = pinned(session, FINGERPRINT_QUERY);
        return Fingerprint.parse(rows.iterator().next().getString(0));
    }

    /** The whole catalog with its fingerprint, from one snapshot. */
    public static Catalog read(PgSession session) {
        var items = new ArrayList<CatalogItem>();
        var begin = session.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + PINS);
        var list = session.send(LIST);
        var hash = session.send(FINGERPRINT_QUERY);
        var end = session.send("ROLLBACK");
        session.await(begin, BOUND);
        session.await(list, BOUND)
                .forEach(r ->
                        items.add(new CatalogItem(r.getString(0), r.getString(1), r.getString(2))));
        var fingerprint = session.await(hash, BOUND).iterator().next().getString(0);
        session.await(end, BOUND);
        return new Catalog(Fingerprint.parse(fingerprint), List.copyOf(items));
    }

    private static io.vertx.sqlclient.RowSet<io.vertx.sqlclient.Row> pinned(
            PgSession session, String query) {
        var begin = session.send("BEGIN READ ONLY; " + PINS);
        var answer = session.send(query);
        var end = session.send("ROLLBACK");
        session.await(begin, BOUND);
        var rows = session.await(answer, BOUND);
        session.await(end, BOUND);
        return rows;
    }
}
