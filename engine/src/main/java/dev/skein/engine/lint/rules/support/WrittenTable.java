// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table's name where it stands in a text.
 *
 * @param name as it is written; empty where there is none
 * @param end the place behind it
 */
record WrittenTable(List<String> words, String name, int end) {
    private static final Pattern NAME =
            Pattern.compile("(?s)[\\w\\P{ASCII}][\\w$\\P{ASCII}]*|[uU]?&?\".*|%");

    static WrittenTable at(List<String> words, int from) {
        int at = SqlWords.are(words, from, "ONLY") ? from + 1 : from;
        var name = new StringBuilder();
        while (at < words.size() && NAME.matcher(words.get(at)).matches()) {
            boolean placed = SqlWords.are(words, at, "%"); // of format()
            name.append(words.get(at++)).append(placed && at < words.size() ? words.get(at++) : "");
            if (!SqlWords.are(words, at, ".")) {
                break;
            }
            name.append('.');
            at++;
        }
        return new WrittenTable(words, name.toString(), SqlWords.are(words, at, "*") ? at + 1 : at);
    }

    /** The place behind an alias, which a word that goes on is none. */
    int alias(String goingOn) {
        int at = SqlWords.are(words, end, "AS") ? end + 1 : end;
        return SqlWords.are(words, at, goingOn) ? at : at + 1;
    }

    /** Whether a name as it is written may be one of these; one that is put together may be any. */
    static boolean isAmong(List<String> tables, String written) {
        var name = bare(written);
        return written.contains("%")
                || tables.stream().map(WrittenTable::bare).anyMatch(name::equals);
    }

    private static String bare(String name) {
        var words = SqlWords.of(name);
        return SqlWords.plain(words, Math.max(0, words.size() - 1));
    }
}
