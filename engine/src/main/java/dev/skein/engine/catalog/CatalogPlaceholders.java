// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.postgres.SqlLiterals;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for the placeholders in the text of {@link CatalogItems}. */
final class CatalogPlaceholders {
    private static final int PUBLISHED_SCHEMAS = 15;

    /** What the server prints with the schema's name whatever the search path is. */
    private static final Pattern OWN =
            Pattern.compile(":own\\(([^()]*(?:\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)[^()]*)*)\\)");

    private static final String SEQUENCE =
            """
            concat('START WITH ', s.seqstart, ' INCREMENT BY ', s.seqincrement, \
            ' MINVALUE ', s.seqmin, ' MAXVALUE ', s.seqmax, ' CACHE ', s.seqcache, \
            CASE WHEN s.seqcycle THEN ' CYCLE' ELSE ' NO CYCLE' END)\
            """;
    private static final String MEMBER =
            """
            concat((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
                FROM pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)),
                ' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')')
            """;
    private static final String MEMBER_SCHEMAS =
            """
            UNION ALL SELECT 'TABLES IN SCHEMA ' || n.pnnspid::regnamespace
            FROM pg_publication_namespace n
            WHERE n.pnpubid = b.oid
            """;

    private CatalogPlaceholders() {}

    /** Whether a publication can have schemas in this major version. */
    static boolean publishesSchemas(int major) {
        return major >= PUBLISHED_SCHEMAS;
    }

    /** Of a whole database. */
    static String database(String text, int major, boolean partitions) {
        var filled =
                filled(text, major)
                        .replace(
                                ":schemas",
                                """
                                nspname NOT LIKE 'pg\\_%' \
                                AND nspname NOT IN ('information_schema', 'skein')\
                                """)
                        .replace(":whole", "true")
                        .replace(":partitions", partitions ? "true" : "false");
        return OWN.matcher(filled).replaceAll("$1");
    }

    /** Of one schema, whose name is not printed. */
    static String schema(String text, String target, int major) {
        var name = SqlLiterals.text(SqlLiterals.name(target) + ".");
        var bare = SqlLiterals.text(target + ".");
        var nameless = Matcher.quoteReplacement(", " + name + ", ''), " + bare + ", '')");
        var filled =
                filled(text, major)
                        .replace(":schemas", "nspname = " + SqlLiterals.text(target))
                        .replace(":whole", "false")
                        .replace(":partitions", "false");
        return OWN.matcher(filled).replaceAll("replace(replace($1" + nameless);
    }

    private static String filled(String text, int major) {
        var schemas = publishesSchemas(major);
        return text.replace(":sequence", SEQUENCE)
                .replace(":arguments", "pg_get_function_arguments(p.oid)")
                .replace(":publishedschemas", schemas ? MEMBER_SCHEMAS : "")
                .replace(":published", schemas ? MEMBER : "''");
    }
}
