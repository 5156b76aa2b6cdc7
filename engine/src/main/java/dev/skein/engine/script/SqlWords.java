// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text's words, quoted names, strings and signs, one by one, without blanks and comments. A
 * string may be a text of its own, as the body of a DO block or what EXECUTE is given.
 */
public final class SqlWords {
    /** The languages that are read by these words. */
    private static final Set<String> OWN = Set.of("sql", "plpgsql");

    private SqlWords() {}

    /** The words of a text, and those of each string in it, and of the strings in these. */
    public static List<List<String>> withStrings(String sql) {
        var found = new ArrayList<List<String>>();
        read(sql, found, new ArrayList<>());
        return found;
    }

    /**
     * Those of these texts that are not told by their words: strings where another language is
     * named than SQL and PL/pgSQL, and what ends within a quote or a comment, as a part of a text
     * or another language's quote does. What they say can be looked for in them as they are.
     */
    public static List<String> unread(String sql) {
        var unread = new ArrayList<String>();
        read(sql, new ArrayList<>(), unread);
        return unread;
    }

    /** The words of a text itself: what stands in its strings is not among them. */
    public static List<String> of(String sql) {
        var words = new ArrayList<String>();
        try {
            var reader = new TokenReader("", sql);
            for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
                if (kind != TokenReader.Kind.SPACE && kind != TokenReader.Kind.COMMENT) {
                    words.add(reader.token());
                }
            }
        } catch (ScriptError e) {
            return words; // a part of a text: what was read counts
        }
        return words;
    }

    /**
     * Where a word of a text begins in it, by its number among {@link #of}; else its end.
     *
     * @throws ScriptError where a quote or comment before it never ends, at which {@link #of} stops
     */
    public static int place(String sql, int word) {
        var reader = new TokenReader("", sql);
        int left = word + 1;
        for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
            var isWord = kind != TokenReader.Kind.SPACE && kind != TokenReader.Kind.COMMENT;
            left -= isWord ? 1 : 0;
            if (left == 0) {
                return reader.start();
            }
        }
        return sql.length();
    }

    private static void read(String sql, List<List<String>> found, List<String> unread) {
        var words = new ArrayList<String>();
        var strings = new ArrayList<String>();
        found.add(words);
        try {
            var reader = new TokenReader("", sql);
            for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
                if (kind == TokenReader.Kind.STRING) {
                    strings.add(text(reader.token()));
                    read(strings.getLast(), found, unread);
                }
                if (kind != TokenReader.Kind.SPACE && kind != TokenReader.Kind.COMMENT) {
                    words.add(reader.token());
                }
            }
        } catch (ScriptError e) {
            unread.add(sql); // what was read counts
        }
        if (isOfAnotherLanguage(words)) {
            unread.addAll(strings);
        }
    }

    private static boolean isOfAnotherLanguage(List<String> words) {
        var routine = are(words, 0, "DO") || have(words, "FUNCTION") || have(words, "PROCEDURE");
        return routine
                && IntStream.range(0, words.size() - 1)
                        .filter(at -> are(words, at, "LANGUAGE"))
                        .mapToObj(at -> plain(words, at + 1))
                        .map(name -> name.endsWith("'") ? text(name) : name)
                        .anyMatch(name -> !OWN.contains(name));
    }

    /** What stands in a string, given with its quotes. */
    public static String text(String string) {
        if (string.startsWith("$")) {
            int tag = string.indexOf('$', 1) + 1;
            return string.substring(tag, string.length() - tag);
        }
        int open = string.indexOf('\'');
        return string.substring(open + 1, string.length() - 1).replace("''", "'");
    }

    /** Whether these words, in upper case, stand unquoted at a place. */
    public static boolean are(List<String> words, int at, String... expected) {
        if (at < 0) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (at + i >= words.size() || !words.get(at + i).equalsIgnoreCase(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether these words, in upper case, stand unquoted and in a row anywhere. */
    public static boolean have(List<String> words, String... expected) {
        return IntStream.range(0, words.size()).anyMatch(at -> are(words, at, expected));
    }

    /** The place of the last part of a name that begins at one, behind the schema before it. */
    public static int last(List<String> words, int from) {
        int at = from;
        while (are(words, at + 1, ".")) {
            at += 2;
        }
        return at;
    }

    /** A setting's name: quoted or not, its case never matters. Empty behind the end. */
    public static String setting(List<String> words, int at) {
        var name = at < words.size() ? words.get(at).toLowerCase(Locale.ROOT) : "";
        return name.endsWith("\"")
                ? name.substring(name.indexOf('"') + 1, name.length() - 1)
                : name;
    }

    /** A name as the catalog writes it; empty behind the end. */
    public static String plain(List<String> words, int at) {
        if (at >= words.size()) {
            return "";
        }
        var word = words.get(at);
        if (!word.startsWith("\"")) {
            return word.toLowerCase(Locale.ROOT);
        }
        var name = word.substring(1, word.length() - 1);
        return name.matches("[a-z_][a-z0-9_$]*") ? name : word;
    }
}
