// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.text.SqlCharacters;

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

    /**
     * Moves to the next token.
     *
     * @throws ScriptError for a quote or comment that never ends, with its line
     */
    Kind next() {
        line += SqlCharacters.lines(text, start, end);
        start = end;
        if (start >= text.length()) {
            return Kind.END;
        }
        char c = text.charAt(start);
        if (SqlCharacters.isSpace(c)) {
            end = SqlCharacters.spacesEnd(text, start);
            return Kind.SPACE;
        }
        if (text.startsWith("--", start)) {
            end = SqlCharacters.lineEnd(text, start);
            return Kind.COMMENT;
        }
        if (text.startsWith("/*", start)) {
            end = quoted().comment();
            return Kind.COMMENT;
        }
        return SqlCharacters.isWordStart(c) ? word() : sign(c);
    }

    private QuotedText quoted() {
        return new QuotedText(file, text, start, line);
    }

    private Kind sign(char c) {
        if (c == QuotedText.QUOTE) {
            end = quoted().string(start, false);
            return Kind.STRING;
        }
        if (c == '"') {
            end = quoted().name(start);
            return Kind.NAME;
        }
        if (c == '$') {
            int close = quoted().dollar();
            end = close < 0 ? start + 1 : close;
            return close < 0 ? Kind.SIGN : Kind.STRING;
        }
        end = start + 1;
        while (SqlCharacters.isDigit(c)
                && end < text.length()
                && SqlCharacters.isDigit(text.charAt(end))) {
            end++;
        }
        return Kind.SIGN;
    }

    private Kind word() {
        char first = Character.toLowerCase(text.charAt(start));
        if (isAt(start + 1, QuotedText.QUOTE) && "ebxn".indexOf(first) >= 0) {
            end = quoted().string(start + 1, first == 'e');
            return Kind.STRING;
        }
        if (first == 'u' && isAt(start + 1, '&') && isAt(start + 2, QuotedText.QUOTE)) {
            end = quoted().string(start + 2, false);
            return Kind.STRING;
        }
        if (first == 'u' && isAt(start + 1, '&') && isAt(start + 2, '"')) {
            end = quoted().name(start + 2);
            return Kind.NAME;
        }
        end = start + 1;
        while (end < text.length() && SqlCharacters.isWordPart(text.charAt(end))) {
            end++;
        }
        return Kind.WORD;
    }

    private boolean isAt(int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
