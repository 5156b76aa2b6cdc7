// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.postgres.SqlLiterals;
import java.util.stream.Collectors;

/** The expressions that make canonical texts and fingerprints of the items of a query. */
final class FingerprintSql {
    /** The canonical text. */
    static final String TEXT =
            """
            coalesce(string_agg(concat_ws(E'\\t', kind, relation, name, attributes::text), E'\\n'
            ORDER BY kind COLLATE "C", relation COLLATE "C", name COLLATE "C"), '')
            """;

    private FingerprintSql() {}

    /** The fingerprint of a text, itself an expression. */
    static String hash(String text) {
        return hash(Fingerprint.FORMAT, text);
    }

    /** The same of a version. */
    static String hash(int format, String text) {
        return "'"
                + format
                + "-' || current_setting('server_version_num')::int / 10000 || '-' ||"
                + " encode(sha256(convert_to("
                + text
                + ", 'UTF8')), 'hex')";
    }

    /** Which items a version tells of: a WHERE, or nothing. */
    static String which(int format) {
        var lacking = lacking(format);
        return lacking.isEmpty() ? "" : " WHERE kind NOT IN (" + lacking + ")";
    }

    /** The kinds of objects that a version does not tell of; empty for none. */
    static String lacking(int format) {
        return Fingerprint.lacking(format).stream()
                .map(kind -> SqlLiterals.text(kind.words()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
