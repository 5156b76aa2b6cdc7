// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.List;

/**
 * The statement that is being read: where it began, its first words, and whether a semicolon would
 * end it.
 */
final class OpenStatement {
    private static final int KEPT_WORDS = 8;
    private static final List<String> ROUTINES =
            List.of(
                    "CREATE FUNCTION",
                    "CREATE PROCEDURE",
                    "CREATE OR REPLACE FUNCTION",
                    "CREATE OR REPLACE PROCEDURE");

    private final StringBuilder words = new StringBuilder();
    private int wordCount;
    private int parentheses;
    private boolean inBody;
    private boolean atBodyStatement;
    private String previous = "";
    private int start = -1;
    private int line;

    /** Where it began; -1 where none has begun. */
    int start() {
        return start;
    }

    /** The line where it began. */
    int line() {
        return line;
    }

    /** Its first words, in upper case, and quoted names. */
    String words() {
        return words.toString();
    }

    boolean isBegun() {
        return start >= 0;
    }

    /** Begins where none has begun. */
    void begin(int at, int inLine) {
        if (!isBegun()) {
            start = at;
            line = inLine;
        }
    }

    /** It goes on with a word. */
    void word(String word) {
        keep(word);
        if (inBody) {
            inBody = !(atBodyStatement && word.equals("END"));
            atBodyStatement = false;
        } else if (word.equals("ATOMIC") && previous.equals("BEGIN") && mayHaveBody()) {
            inBody = true;
            atBodyStatement = true;
        }
        previous = word;
    }

    private boolean mayHaveBody() {
        var first = words.toString();
        return parentheses == 0 && ROUTINES.stream().anyMatch(r -> first.startsWith(r + " "));
    }

    private void keep(String word) {
        if (wordCount++ < KEPT_WORDS) {
            words.append(words.isEmpty() ? "" : " ").append(word);
        }
    }

    /** It goes on with a quoted name. */
    void name(String name) {
        keep(name);
        string();
    }

    /** It goes on with a string. */
    void string() {
        atBodyStatement = false;
        previous = "";
    }

    /** It goes on with a sign that is no semicolon. */
    void sign(char c) {
        parentheses += c == '(' ? 1 : 0;
        parentheses = Math.max(0, parentheses - (c == ')' ? 1 : 0));
        string();
    }

    /** Whether a semicolon that comes now is one inside it; it goes on behind it then. */
    boolean holdsSemicolon() {
        if (parentheses == 0 && !inBody) {
            return false;
        }
        previous = "";
        atBodyStatement = inBody && parentheses == 0;
        return true;
    }

    /** None has begun. */
    void reset() {
        start = -1;
        words.setLength(0);
        wordCount = 0;
        parentheses = 0;
        inBody = false;
        atBodyStatement = false;
        previous = "";
    }
}
