// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A statement that sets something for the session, which in a revision is set for its transaction:
 * whatever another tool's session kept behind the script, Skein's must not.
 *
 * <p>Source: PostgreSQL documentation, SET, RESET, SET ROLE, SET TRANSACTION.
 *
 * @param name of the setting, in lower case and without quotes; {@code all} for RESET ALL
 * @param text the statement that does it for the transaction; absent where nothing does
 * @param local whether it was for a transaction alone as it was written
 * @param value its words, parted by blanks and without comments; what the string says that is given
 *     to a call; absent where it is reset
 */
record SettingStatement(String name, @Nullable String text, boolean local, @Nullable String value) {
    /** How many words such a call has. */
    private static final int CONFIG = 8;

    private static final Pattern NAME = Pattern.compile("[\\w.]+");

    /** Reads a statement; empty where it sets nothing for a session or a transaction. */
    static Optional<SettingStatement> of(Statement s) {
        if (s.starts("SET CONSTRAINTS")) {
            return Optional.empty();
        }
        if (s.starts("SET TRANSACTION") || s.starts("SET SESSION CHARACTERISTICS")) {
            return Optional.of(new SettingStatement("transaction", null, true, s.sql()));
        }
        if (!s.starts("SET") && !s.starts("RESET") && !s.starts("SELECT")) {
            return Optional.empty();
        }
        var words = SqlWords.of(s.sql());
        if (s.starts("RESET")) {
            var name = name(words, 1);
            return Optional.of(new SettingStatement(name, defaults(name), false, null));
        }
        return s.starts("SET") ? Optional.of(set(s.sql(), words)) : config(s.sql(), words);
    }

    private static SettingStatement set(String sql, List<String> words) {
        var local = SqlWords.are(words, 1, "LOCAL");
        var scoped =
                SqlWords.are(words, 1, "SESSION")
                        && !SqlWords.are(words, 1, "SESSION", "AUTHORIZATION");
        int at = local || scoped ? 2 : 1;
        int value = behind(words, at);
        value += SqlWords.are(words, value, "=") || SqlWords.are(words, value, "TO") ? 1 : 0;
        return new SettingStatement(
                name(words, at),
                "SET LOCAL " + sql.substring(SqlWords.place(sql, at)),
                local,
                String.join(" ", words.subList(Math.min(value, words.size()), words.size())));
    }

    /** The place behind a setting's name. */
    private static int behind(List<String> words, int at) {
        var isTwo =
                SqlWords.are(words, at, "TIME", "ZONE")
                        || SqlWords.are(words, at, "SESSION", "AUTHORIZATION");
        return isTwo ? at + 2 : SqlWords.last(words, at) + 1;
    }

    private static String name(List<String> words, int at) {
        var parts = IntStream.range(at, Math.min(behind(words, at), words.size()));
        var named = parts.mapToObj(i -> SqlWords.setting(words, i)).toList();
        var name = String.join(named.contains(".") ? "" : " ", named);
        return switch (name) {
            case "schema" -> "search_path";
            case "names" -> "client_encoding";
            case "time zone" -> "timezone";
            default -> name;
        };
    }

    /** {@code SELECT set_config('name', 'value', false)}, and nothing more. */
    private static Optional<SettingStatement> config(String sql, List<String> words) {
        int at = SqlWords.plain(words, 1).equals("pg_catalog") ? 3 : 1;
        int last = at + CONFIG - 2;
        var isOne =
                SqlWords.are(words, 0, "SELECT")
                        && SqlWords.plain(words, at).equals("set_config")
                        && SqlWords.are(words, at + 1, "(")
                        && words.size() == at + CONFIG
                        && SqlWords.are(words, at + 3, ",")
                        && SqlWords.are(words, last - 1, ",", "FALSE", ")");
        if (!isOne || !isString(words.get(at + 2)) || !isString(words.get(at + 4))) {
            return Optional.empty();
        }
        var name = SqlWords.text(words.get(at + 2)).toLowerCase(Locale.ROOT);
        int place = SqlWords.place(sql, last);
        var text = sql.substring(0, place) + "true" + sql.substring(place + "false".length());
        return NAME.matcher(name).matches()
                ? Optional.of(
                        new SettingStatement(name, text, false, SqlWords.text(words.get(at + 4))))
                : Optional.empty();
    }

    private static boolean isString(String word) {
        return word.endsWith("'");
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
