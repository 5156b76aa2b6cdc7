// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

/** What characters of SQL text are to a server, whatever they are elsewhere. */
public final class SqlCharacters {
    private SqlCharacters() {}

    /** Whether the server skips a character between tokens. */
    public static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Where what the server skips ends that stands at a place. */
    public static int spacesEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the line ends that goes through a place; a carriage return ends one, too. */
    public static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** How many lines end between two places. */
    public static int lines(String text, int from, int to) {
        int lines = 0;
        for (int at = from; at < to; at++) {
            lines += text.charAt(at) == '\n' ? 1 : 0;
        }
        return lines;
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    public static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
