// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the values of the options of a COPY. */
final class CopyValues {
    private final String file;
    private final int line;
    private final List<String> columns;
    private final TokenCursor cursor;

    /**
     * @param columns which the statement names
     */
    CopyValues(String file, int line, List<String> columns, TokenCursor cursor) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.cursor = cursor;
    }

    /** A word, written bare or as a string. */
    String word() {
        var string = cursor.string();
        return string.map(this::unquoted).orElseGet(cursor::skip).toUpperCase(Locale.ROOT);
    }

    /** A string. */
    String text() {
        return cursor.string().map(this::unquoted).orElseThrow(() -> refused(cursor.skip()));
    }

    /** A string, with AS before it or not. */
    String textBehindAs() {
        cursor.take("AS");
        return text();
    }

    /** TRUE or FALSE; an option that stands alone is true. */
    boolean isTrue() {
        if (cursor.isAtSign(',') || cursor.isAtSign(')')) {
            return true;
        }
        var value = word();
        return switch (value) {
            case "TRUE", "ON", "1" -> true;
            case "FALSE", "OFF", "0" -> false;
            default -> throw refused("the value " + value);
        };
    }

    /** Names of columns in parentheses, or an asterisk. */
    void names(Set<String> into) {
        if (cursor.takeSign('*')) {
            into.add("*");
            return;
        }
        if (!cursor.takeSign('(')) {
            throw refused(cursor.skip());
        }
        list(into);
        if (!cursor.takeSign(')')) {
            throw refused(cursor.skip());
        }
    }

    /** Names of columns. */
    void list(Set<String> into) {
        do {
            var name = CopyHead.folded(String.join(".", cursor.name()));
            if (columns.stream().noneMatch(c -> CopyHead.folded(c).equals(name))) {
                throw new ScriptError(
                        file,
                        line,
                        "COPY names the column '" + name + "' that its list does not have",
                        "Write the list of columns behind the table, with this one in it");
            }
            into.add(name);
        } while (cursor.takeSign(','));
    }

    private String unquoted(String literal) {
        if (literal.startsWith("'")) {
            return literal.substring(1, literal.length() - 1).replace("''", "'");
        }
        return switch (literal) {
            case "E'\\t'", "e'\\t'" -> "\t";
            case "E'\\\\'", "e'\\\\'" -> "\\";
            case "E'\\b'", "e'\\b'" -> "\b";
            case "E'\\''", "e'\\''" -> "'";
            default -> throw refused(literal);
        };
    }

    /** That something of it cannot be kept. */
    ScriptError refused(String what) {
        return new ScriptError(
                file,
                line,
                "COPY … FROM STDIN with " + what + " cannot be read here",
                "Formats are text and csv with their DELIMITER, NULL, HEADER, QUOTE, ESCAPE,"
                        + " FORCE_NULL and FORCE_NOT_NULL; or write the rows as INSERT");
    }
}
