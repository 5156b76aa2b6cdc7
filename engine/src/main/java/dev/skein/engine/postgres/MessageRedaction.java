// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.vertx.pgclient.PgException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
final class MessageRedaction {
    /** Classes whose messages say names in quotes, and values only in DETAIL. */
    private static final Set<String> OF_NAMES =
            Set.of(
                    "08", "0A", "23", "25", "26", "28", "2B", "3D", "3F", "40", "42", "53", "54",
                    "55", "57", "58");

    /**
     * Of those, classes that functions raise, too, about what they are called with: a row's value,
     * which may hold quotes itself, and may stand without any.
     */
    private static final Set<String> OF_ARGUMENTS =
            Set.of("08", "0A", "3D", "3F", "42", "54", "55", "58");

    /** Of those, the class whose messages end with the operating system's words. */
    private static final String OF_SYSTEM = "58";

    /** Classes whose messages are the server's, and say values. */
    private static final Set<String> OF_VALUES = Set.of("21", "22", "2F", "44", "XX");

    /** Where messages come from that the server only passes on. */
    private static final Pattern RAISED =
            Pattern.compile(
                    "exec_stmt_(?:raise|assert)|(?:ply|plperl|pltcl|plv8|dblink_res|pgfdw).*");

    private static final String OWN_WORDS = "a message in its own words";
    private static final String CUT = "\"…\"";

    private static final String QUOTE = "[\"«»“”„‹›《》]";
    private static final String NUMBER = "0x[0-9A-Fa-f]+|(?<![\\p{L}\\p{N}_])\\d+(?:[.,:]\\d+)*";

    /** Whatever a language quotes with, from the first to the last: values may hold quotes. */
    private static final Pattern QUOTED = Pattern.compile(QUOTE + ".*" + QUOTE, Pattern.DOTALL);

    /** A name in quotes, or a number; digits of an unquoted word are part of a name. */
    private static final Pattern WORD =
            Pattern.compile(QUOTE + "(.*?)" + QUOTE + "|" + NUMBER, Pattern.DOTALL);

    private static final Pattern NUMBERS = Pattern.compile("0x[0-9A-Fa-f]+|\\d+(?:[.,:]\\d+)*");

    /** What a message says of something without quotes, behind a colon. */
    private static final Pattern TAIL =
            Pattern.compile("^([^\":：]*[:：]\\s*)([^\"\\s].*)$", Pattern.DOTALL);

    private MessageRedaction() {}

    /** Whether a script or function raised it, with any words and fields that it chose. */
    static boolean isRaised(PgException error) {
        var routine = Objects.requireNonNullElse(error.getRoutine(), "");
        var group = group(error);
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
        if (isOfSession(error) || (isDirect(error) && hasPlace(error) && isOfNames(error))) {
            return text;
        }
        if (!isOfNames(error)) {
            return NUMBERS.matcher(QUOTED.matcher(text).replaceAll(CUT)).replaceAll("…");
        }
        var names = names(error);
        // Statements that a function puts together may have values where names belong.
        var words = isDirect(error) ? script : "";
        return known(text, word -> names.contains(word) || isIn(words, word), group(error));
    }

    /** Keeps what people wrote, and what the server names in its fields; a value is neither. */
    private static String known(String text, Predicate<String> isKnown, String group) {
        if (!OF_ARGUMENTS.contains(group)) {
            return words(text, isKnown);
        }
        var all = WORD.matcher(text).results().map(MessageRedaction::word).allMatch(isKnown);
        var named = all ? text : words(QUOTED.matcher(text).replaceAll(CUT), isKnown);
        var tail = TAIL.matcher(named);
        return group.equals(OF_SYSTEM) || !tail.matches() || isKnown.test(tail.group(2))
                ? named
                : tail.group(1) + "…";
    }

    private static String words(String text, Predicate<String> isKnown) {
        return WORD.matcher(text)
                .replaceAll(m ->
                        isKnown.test(word(m))
                                ? Matcher.quoteReplacement(m.group())
                                : m.group(1) == null ? "…" : CUT);
    }

    private static String word(MatchResult match) {
        return match.group(1) == null ? match.group() : match.group(1).strip();
    }

    /** Whether people wrote it, and not only a longer word that holds it. */
    private static boolean isIn(String script, String word) {
        var letter = "[\\p{L}\\p{N}_]";
        return Pattern.compile(
                        "(?<!" + letter + ")" + Pattern.quote(word) + "(?!" + letter + ")",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(script)
                .find();
    }

    private static String group(PgException error) {
        return error.getSqlState().substring(0, 2);
    }

    private static boolean isOfNames(PgException error) {
        return OF_NAMES.contains(group(error));
    }

    /** Whether the server ends the session, or refuses one: no row is read for that. */
    private static boolean isOfSession(PgException error) {
        return isOfNames(error) && "FATAL".equals(error.getSeverity());
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
