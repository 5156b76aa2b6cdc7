// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.vertx.pgclient.PgException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a server's message may leave the site of the database: the server's own words and the
 * names of objects. Values of rows may not, and what a script or function raises in its own words
 * may hold any.
 *
 * <p>Source: PostgreSQL documentation, "PostgreSQL Error Codes" and "Error and Notice Message
 * Fields".
 */
final class Discretion {
    /** Classes whose messages say names in quotes, and values only in DETAIL. */
    private static final Set<String> OF_NAMES =
            Set.of(
                    "08", "0A", "23", "25", "26", "28", "2B", "3D", "3F", "40", "42", "53", "54",
                    "55", "57", "58");

    /**
     * Of those, classes that functions raise, too, about what they are called with: a row's value.
     */
    private static final Set<String> OF_ARGUMENTS = Set.of("0A", "3F", "42", "54", "55", "58");

    /** Classes whose messages are the server's, and say values. */
    private static final Set<String> OF_VALUES = Set.of("21", "22", "2F", "44", "XX");

    /** Where messages come from that the server only passes on. */
    private static final Pattern RAISED =
            Pattern.compile("exec_stmt_(?:raise|assert)|ply.*|plperl.*|pltcl.*|plv8.*");

    private static final String OWN_WORDS = "a message in its own words";
    private static final String CUT = "\"…\"";

    /** Whatever a language quotes with, from the first to the last: values may hold quotes. */
    private static final Pattern QUOTED =
            Pattern.compile("[\"«»“”„‹›《》].*[\"«»“”„‹›《》]", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern DIGITS = Pattern.compile("\\d+(?:[.,:]\\d+)*");

    private Discretion() {}

    /** Whether a script or function raised it, with any words and fields that it chose. */
    static boolean isRaised(PgException error) {
        var routine = Objects.requireNonNullElse(error.getRoutine(), "");
        var group = error.getSqlState().substring(0, 2);
        return RAISED.matcher(routine.toLowerCase(Locale.ROOT)).matches()
                || !(OF_NAMES.contains(group) || OF_VALUES.contains(group));
    }

    /**
     * The message without values.
     *
     * @param script what the server was asked for, as far as people wrote it: its words are names
     */
    static String message(PgException error, String script) {
        return cut(error, Objects.requireNonNullElse(error.getErrorMessage(), ""), script);
    }

    /** The hint without values; empty where there is none, or somebody's own. */
    static String hint(PgException error) {
        var hint = error.getHint();
        return hint == null || isRaised(error) ? "" : cut(error, hint, "");
    }

    private static String cut(PgException error, String text, String script) {
        if (isRaised(error)) {
            return OWN_WORDS;
        }
        if (!OF_NAMES.contains(error.getSqlState().substring(0, 2))) {
            var unquoted = QUOTED.matcher(text).replaceAll(CUT);
            return DIGITS.matcher(unquoted).replaceAll("…");
        }
        var names = names(error);
        if (!isDirect(error)) {
            // Statements that a function puts together may have values where names belong.
            return NAME.matcher(text).replaceAll(m -> names.contains(m.group(1)) ? "$0" : CUT);
        }
        return OF_ARGUMENTS.contains(error.getSqlState().substring(0, 2)) && !hasPlace(error)
                ? known(text, word -> names.contains(word) || script.contains(word))
                : text;
    }

    private static String known(String text, Predicate<String> isKnown) {
        var named = NAME.matcher(text).replaceAll(m -> isKnown.test(m.group(1)) ? "$0" : CUT);
        return DIGITS.matcher(named).replaceAll(m -> isKnown.test(m.group()) ? "$0" : "…");
    }

    /** Whether it is about a place in a statement, and so was found before any row was read. */
    private static boolean hasPlace(PgException error) {
        return !isEmpty(error.getPosition());
    }

    private static boolean isDirect(PgException error) {
        return isEmpty(error.getWhere()) && isEmpty(error.getInternalQuery());
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static Set<String> names(PgException error) {
        return Stream.of(
                        error.getSchema(),
                        error.getTable(),
                        error.getColumn(),
                        error.getDataType(),
                        error.getConstraint())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
