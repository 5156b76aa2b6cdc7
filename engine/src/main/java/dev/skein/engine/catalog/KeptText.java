// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

/** The canonical text of a catalog that a session keeps in a setting of its own. */
public final class KeptText {
    /** The text behind a '='; nothing for none. */
    private static final String SETTING = "current_setting('skein.catalog', true)";

    private static final String TEXT = "substr(" + SETTING + ", 2)";

    /** An expression for the fingerprint of the catalog that the session keeps; NULL for none. */
    static final String FINGERPRINT =
            "CASE WHEN " + SETTING + " <> '' THEN " + FingerprintSql.hash(TEXT) + " END";

    private KeptText() {}

    /**
     * An expression for the text that the session keeps of a catalog; NULL for none.
     *
     * @param largest the most bytes; NULL where there are more
     */
    public static String upTo(int largest) {
        return "CASE WHEN %1$s <> '' AND octet_length(%1$s) <= %2$d THEN %3$s END"
                .formatted(SETTING, largest, TEXT);
    }

    /** An expression for the whole text that the session keeps in a version; NULL for none. */
    static String in(int format) {
        return "substr(nullif(current_setting('" + name(format) + "', true), ''), 2)";
    }

    /** The setting that keeps the text of a version. */
    static String name(int format) {
        return format == Fingerprint.FORMAT ? "skein.catalog" : "skein.older_catalog";
    }

    /** A statement that keeps a text until the transaction ends; nothing where it is NULL. */
    static String keeping(String text) {
        return "SELECT length(set_config('skein.catalog', coalesce('=' || "
                + text
                + ", ''), true))";
    }
}
