// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.catalog;

import dev.skein.engine.postgres.SqlLiterals;

/** What lets servers print definitions and values the same everywhere. */
public final class PrintingSettings {
    /** Without any of these, a role's or a database's default shows in definitions or literals. */
    private static final String SETTINGS =
            """
            set_config('TimeZone', 'UTC', true), set_config('IntervalStyle', 'postgres', true),
            set_config('DateStyle', 'ISO, MDY', true), set_config('bytea_output', 'hex', true),
            set_config('extra_float_digits', '1', true), set_config('lc_monetary', 'C', true),
            set_config('quote_all_identifiers', 'off', true),
            set_config('standard_conforming_strings', 'on', true)
            """;

    /** A statement that lets a session's values be printed, and read, the same everywhere. */
    public static final String ALIKE = "SELECT " + SETTINGS.replace(", true)", ", false)");

    /** The same until its transaction ends. */
    public static final String ALIKE_INSIDE = "SELECT " + SETTINGS;

    private PrintingSettings() {}

    /** The same, with a search path. */
    static String with(String path) {
        return "SELECT set_config('search_path', "
                + SqlLiterals.text(path)
                + ", true), "
                + SETTINGS;
    }
}
