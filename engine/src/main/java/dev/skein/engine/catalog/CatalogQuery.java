// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.Resources;
import dev.skein.engine.postgres.Sql;

/**
 * The queries over a catalog: of a whole database, or of one schema in it. In a schema, names are
 * printed without it, so that tenants who have the same objects have the same fingerprint.
 */
public final class CatalogQuery {
    /** Over the whole database. */
    public static final CatalogQuery DATABASE =
            new CatalogQuery(
                    "pg_catalog",
                    "nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'skein')",
                    "true",
                    "pg_get_functiondef(p.oid)");

    private static final String ORDER =
            "kind COLLATE \"C\", name COLLATE \"C\", definition COLLATE \"C\"";

    private final String path;
    private final String items;

    private CatalogQuery(String path, String schemas, String whole, String routine) {
        this.path = path;
        this.items =
                Resources.text(CatalogQuery.class, "catalog.sql")
                        .replace(":schemas", schemas)
                        .replace(":whole", whole)
                        .replace(":routine", routine);
    }

    /**
     * Over a journal's target.
     *
     * @param target a schema; empty for the whole database
     */
    public static CatalogQuery of(String target) {
        if (target.isEmpty()) {
            return DATABASE;
        }
        var name = Sql.text(Sql.name(target) + ".");
        var bare = Sql.text(target + ".");
        return new CatalogQuery(
                "pg_catalog, " + Sql.name(target),
                "nspname = " + Sql.text(target),
                "false",
                "replace(replace(pg_get_functiondef(p.oid), " + name + ", ''), " + bare + ", '')");
    }

    /** A statement that sets what changes how the server prints definitions, before reading. */
    public String pins() {
        return "SELECT set_config('search_path', "
                + Sql.text(path)
                + ", true), set_config('TimeZone', 'UTC', true), set_config('IntervalStyle',"
                + " 'postgres', true), set_config('DateStyle', 'ISO, MDY', true),"
                + " set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1',"
                + " true), set_config('quote_all_identifiers', 'off', true)";
    }

    /** One row with one text: the fingerprint. Needs {@link #pins} in force. */
    public String fingerprint() {
        return items
                + "SELECT '"
                + Fingerprint.FORMAT
                + "-' || current_setting('server_version_num')::int / 10000 || '-'"
                + " || encode(sha256(convert_to(coalesce(string_agg(kind || E'\\t' || name ||"
                + " E'\\t' || definition, E'\\n' ORDER BY "
                + ORDER
                + "), ''), 'UTF8')), 'hex') FROM item";
    }

    /** Every item, in canonical order. Needs {@link #pins} in force. */
    String list() {
        return items + "SELECT kind, name, definition FROM item ORDER BY " + ORDER;
    }
}
