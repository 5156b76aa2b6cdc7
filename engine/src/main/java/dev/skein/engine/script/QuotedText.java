// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.text.SqlCharacters;

/**
 * Finds the ends of what is quoted or a comment: one token's.
 *
 * @param file the text's name, for errors
 * @param start where the token starts
 * @param line that of its start
 */
record QuotedText(String file, String text, int start, int line) {
    static final char QUOTE = '\'';

    /** The end of a comment, others inside it. */
    int comment() {
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

    /** The end of a quoted name. */
    int name(int quote) {
        return closing(quote, '"', false);
    }

    /**
     * A string goes on, with its kind of escapes, where a quote stands in one of the next lines.
     */
    int string(int quote, boolean backslashes) {
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
            if (SqlCharacters.isSpace(text.charAt(at))) {
                int next = SqlCharacters.spacesEnd(text, at);
                newLine |= SqlCharacters.lineEnd(text, at) < next;
                at = next;
            } else if (text.startsWith("--", at) && !text.startsWith("--@", at)) {
                at = SqlCharacters.lineEnd(text, at);
            } else {
                break;
            }
        }
        return newLine && isAt(at, QUOTE) ? at : -1;
    }

    /** The end of a string in dollar quotes; -1 where none begins. */
    int dollar() {
        int at = start + 1;
        if (at < text.length() && SqlCharacters.isWordStart(text.charAt(at))) {
            while (at < text.length()
                    && SqlCharacters.isWordPart(text.charAt(at))
                    && text.charAt(at) != '$') {
                at++;
            }
        }
        if (!isAt(at, '$')) {
            return -1;
        }
        var tag = text.substring(start, at + 1);
        int close = text.indexOf(tag, at + 1);
        if (close < 0) {
            throw error("a dollar quote " + tag + " starts here and never ends", "Close it");
        }
        return close + tag.length();
    }

    private boolean isAt(int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private ScriptError error(String found, String remedy) {
        return new ScriptError(file, line, found, remedy);
    }
}
