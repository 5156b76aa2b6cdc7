// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static java.util.Map.entry;

import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a migrating session is started with; RESET in a script comes back to these. */
public final class SessionSettings {

    /**
     * A stopped holder loses its session, and with it the lock, after half a minute; a statement
     * whose client is gone is given up by the server. What is committed is on disk, whatever the
     * database's default. SQL means the same in every tenant; only what a schema is made of, where
     * it is kept and who owns it, stays the database's to say: search_path, tablespace, access
     * method, role, and the TimeZone.
     */
    private static final Map<String, String> ALWAYS =
            Map.ofEntries(
                    entry("idle_session_timeout", "30s"),
                    entry("idle_in_transaction_session_timeout", "30s"),
                    entry("client_connection_check_interval", "5s"),
                    entry("client_min_messages", "warning"),
                    entry("synchronous_commit", "on"),
                    entry("default_transaction_isolation", "read committed"),
                    entry("default_transaction_deferrable", "off"),
                    entry("standard_conforming_strings", "on"),
                    entry("backslash_quote", "safe_encoding"),
                    entry("transform_null_equals", "off"),
                    entry("array_nulls", "on"),
                    entry("xmloption", "content"),
                    entry("DateStyle", "ISO, MDY"),
                    entry("IntervalStyle", "postgres"),
                    entry("bytea_output", "hex"),
                    entry("extra_float_digits", "1"),
                    entry("quote_all_identifiers", "off"),
                    entry("check_function_bodies", "on"),
                    // Else the session ends with the error, and nobody hears which one it was.
                    entry("exit_on_error", "off"),
                    entry("row_security", "on"));

    private static final int TRANSACTION_TIMEOUT = 17;

    private SessionSettings() {}

    /** What older servers do not know, and so cannot be started with; null for nothing. */
    static @Nullable String afterwards(int major) {
        return major < TRANSACTION_TIMEOUT ? null : "SET transaction_timeout = 0";
    }

    /** Back to what a migrating session is started with, whatever was set since. */
    public static List<String> anew(int major) {
        var pinned = afterwards(major);
        return pinned == null ? List.of("RESET ALL") : List.of("RESET ALL", pinned);
    }

    /** What a script that somebody else runs begins with, so that it means the same. */
    public static String asScript() {
        return forScript().entrySet().stream()
                .map(e -> "SET " + e.getKey() + " = " + SqlLiterals.text(e.getValue()) + ";\n")
                .collect(Collectors.joining());
    }

    /** The settings that such a script has, in the order of their names; without bounds. */
    public static SortedMap<String, String> forScript() {
        var settings = new TreeMap<>(ALWAYS);
        settings.keySet()
                .removeIf(name ->
                        name.endsWith("_timeout")
                                || name.equals("client_connection_check_interval"));
        return settings;
    }

    static Map<String, String> of(MigrationOrder order) {
        var settings = new HashMap<>(ALWAYS);
        settings.put("lock_timeout", String.valueOf(order.limits().lockTimeout().toMillis()));
        settings.put(
                "statement_timeout", String.valueOf(order.limits().statementTimeout().toMillis()));
        if (!order.scope().isDatabase()) {
            settings.put("search_path", order.scope().searchPath());
        } else if (order.address().user().equals("skein")) {
            // "$user" would lead a role named like our schema into the journal.
            settings.put("search_path", "public");
        }
        return settings;
    }
}
