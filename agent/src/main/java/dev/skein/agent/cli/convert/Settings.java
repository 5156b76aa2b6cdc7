// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.script.Piece.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that sets something for the session, which in a revision is set for its transaction:
 * whatever another tool's session kept behind the script, Skein's must not.
 *
 * <p>Source: PostgreSQL documentation, SET, RESET, SET ROLE, SET TRANSACTION.
 *
 * @param name of the setting, in lower case; {@code all} for RESET ALL
 * @param text the statement that does it for the transaction; absent where nothing does
 * @param local whether it was for a transaction alone as it was written
 * @param value as it was written; absent for a default
 */
record Settings(String name, @Nullable String text, boolean local, @Nullable String value) {
    private static final Pattern SET =
            Pattern.compile("(?is)SET\\s+(?:(?<scope>LOCAL|SESSION)\\s+)?(?<what>.+)");
    private static final Pattern RESET = Pattern.compile("(?is)RESET\\s+(?<what>.+)");
    private static final Pattern FORM =
            Pattern.compile(
                    "(?is)(?<name>(?:TIME\\s+ZONE|SESSION\\s+AUTHORIZATION|ROLE|SCHEMA|NAMES)\\b|[\\w.]+)"
                        + "\\s*(?:=|\\bTO\\b|\\s)?\\s*(?<value>.*)");
    private static final Pattern CONFIG =
            Pattern.compile(
                    "(?is)(?<head>SELECT\\s+(?:pg_catalog\\s*\\.\\s*)?set_config\\s*\\(\\s*'(?<name>[\\w.]+)'\\s*,"
                        + "\\s*'(?<value>(?:[^']|'')*)'\\s*,\\s*)false(?<tail>\\s*\\)\\s*)");

    /** Reads a statement; empty where it sets nothing for a session or a transaction. */
    static Optional<Settings> of(Statement s) {
        if (s.starts("SET CONSTRAINTS")) {
            return Optional.empty();
        }
        if (s.starts("SET TRANSACTION") || s.starts("SET SESSION CHARACTERISTICS")) {
            return Optional.of(new Settings("transaction", null, true, s.sql()));
        }
        var config = CONFIG.matcher(s.sql());
        if (config.matches()) {
            return Optional.of(
                    new Settings(
                            config.group("name").toLowerCase(Locale.ROOT),
                            config.group("head") + "true" + config.group("tail"),
                            false,
                            config.group("value")));
        }
        var reset = RESET.matcher(s.sql());
        if (s.starts("RESET") && reset.matches()) {
            var form = form(reset.group("what"));
            return Optional.of(new Settings(form.name(), defaults(form.name()), false, null));
        }
        var set = SET.matcher(s.sql());
        return s.starts("SET") && set.matches()
                ? Optional.of(set(set.group("scope"), set.group("what")))
                : Optional.empty();
    }

    private static Settings set(@Nullable String scope, String what) {
        var local = "LOCAL".equalsIgnoreCase(scope);
        var named = what;
        if ("SESSION".equalsIgnoreCase(scope) && what.matches("(?is)AUTHORIZATION\\b.*")) {
            named = "SESSION " + what;
        }
        var form = form(named);
        return new Settings(form.name(), "SET LOCAL " + named, local, form.value());
    }

    private static Settings form(String text) {
        var m = FORM.matcher(text);
        if (!m.matches()) {
            return new Settings(text.toLowerCase(Locale.ROOT), null, false, text);
        }
        var name = m.group("name").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        name =
                switch (name) {
                    case "schema" -> "search_path";
                    case "names" -> "client_encoding";
                    case "time zone" -> "timezone";
                    default -> name;
                };
        return new Settings(name, null, false, m.group("value"));
    }

    /** The statement that gives a setting its session's value back. */
    static @Nullable String defaults(String name) {
        return switch (name) {
            case "all" -> null;
            case "role" -> "SET LOCAL ROLE NONE";
            case "session authorization" -> "SET LOCAL SESSION AUTHORIZATION DEFAULT";
            default -> "SET LOCAL " + name + " TO DEFAULT";
        };
    }
}
