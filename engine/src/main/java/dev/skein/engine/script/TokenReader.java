// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

/**
 * Reads SQL text token by token, as the server's own scanner does: quotes, escape strings and
 * strings that go on in the next line, dollar quotes, nested comments, names. Bytes above 127 are
 * parts of names, whatever their characters are. It stands on one token at a time.
 *
 * <p>Source: PostgreSQL documentation, "Lexical Structure".
 */
final class TokenReader {
    /** What a token is; a SIGN is one character, or the digits of a number. */
    enum Kind {
        SPACE,
        COMMENT,
        WORD,
        NAME,
        STRING,
        SIGN,
        END
    }

    private static final char QUOTE = '\'';

    private final String file;
    private final String text;
    private int start;
    private int end;
    private int line = 1;

    /**
     * @param file the text's name, for errors
     */
    TokenReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The 1-based line where the token starts. */
    int line() {
        return line;
    }

    String token() {
        return text.substring(start, end);
    }

    /** Goes on behind this place, whatever stands before it. */
    void jump(int to) {
        end = to;
    }

    /** Whether the server skips a character between tokens. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Where the line ends that goes through a place; a carriage return ends one, too. */
    static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** How many lines end between two places. */
    static int lines(String text, int from, int to) {
        int lines = 0;
        for (int at = from; at < to; at++) {
            lines += text.charAt(at) == '\n' ? 1 : 0;
        }
        return lines;
    }

    /**
     * Moves to the next token.
     *
     * @throws ScriptError for a quote or comment that never ends, with its line
     */
    Kind next() {
        line += lines(text, start, end);
        start = end;
        if (start >= text.length()) {
            return Kind.END;
        }
        char c = text.charAt(start);
        if (isSpace(c)) {
            end = spaces(start);
            return Kind.SPACE;
        }
        if (text.startsWith("--", start)) {
            end = lineEnd(text, start);
            return Kind.COMMENT;
        }
        if (text.startsWith("/*", start)) {
            end = comment();
            return Kind.COMMENT;
        }
        return isWordStart(c) ? word() : sign(c);
    }

    private Kind sign(char c) {
        if (c == QUOTE) {
            end = string(start, false);
            return Kind.STRING;
        }
        if (c == '"') {
            end = name(start);
            return Kind.NAME;
        }
        if (c == '$') {
            return dollar();
        }
        end = start + 1;
        while (isDigit(c) && end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return Kind.SIGN;
    }

    private Kind word() {
        char first = Character.toLowerCase(text.charAt(start));
        if (isAt(start + 1, QUOTE) && "ebxn".indexOf(first) >= 0) {
            end = string(start + 1, first == 'e');
            return Kind.STRING;
        }
        if (first == 'u' && isAt(start + 1, '&') && isAt(start + 2, QUOTE)) {
            end = string(start + 2, false);
            return Kind.STRING;
        }
        if (first == 'u' && isAt(start + 1, '&') && isAt(start + 2, '"')) {
            end = name(start + 2);
            return Kind.NAME;
        }
        end = start + 1;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return Kind.WORD;
    }

    private boolean isAt(int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 127;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }

    private int spaces(int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int comment() {
        int at = start;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw error("a comment /* starts here and never ends", "Close it with */");
            }
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
        return at;
    }

    private int name(int quote) {
        return closing(quote, '"', false);
    }

    /**
     * A string goes on, with its kind of escapes, where a quote stands in one of the next lines.
     */
    private int string(int quote, boolean backslashes) {
        int at = closing(quote, QUOTE, backslashes);
        for (int more = continued(at); more >= 0; more = continued(at)) {
            at = closing(more, QUOTE, backslashes);
        }
        return at;
    }

    private int closing(int quote, char mark, boolean backslashes) {
        int at = quote + 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && backslashes) {
                at++;
            } else if (c == mark) {
                if (!isAt(at, mark)) {
                    return at;
                }
                at++;
            }
        }
        throw error("a quote " + mark + " starts here and never ends", "Close it");
    }

    /** Where the next part of a string opens: behind a line end, blanks and comments; else -1. */
    private int continued(int from) {
        int at = from;
        boolean newLine = false;
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                int next = spaces(at);
                newLine |= lineEnd(text, at) < next;
                at = next;
            } else if (text.startsWith("--", at) && !text.startsWith("--@", at)) {
                at = lineEnd(text, at);
            } else {
                break;
            }
        }
        return newLine && isAt(at, QUOTE) ? at : -1;
    }

    private Kind dollar() {
        int at = start + 1;
        if (at < text.length() && isWordStart(text.charAt(at))) {
            while (at < text.length() && isWordPart(text.charAt(at)) && text.charAt(at) != '$') {
                at++;
            }
        }
        if (!isAt(at, '$')) {
            end = start + 1;
            return Kind.SIGN;
        }
        var tag = text.substring(start, at + 1);
        int close = text.indexOf(tag, at + 1);
        if (close < 0) {
            throw error("a dollar quote " + tag + " starts here and never ends", "Close it");
        }
        end = close + tag.length();
        return Kind.STRING;
    }

    private ScriptError error(String found, String remedy) {
        return new ScriptError(file, line, found, remedy);
    }
}
