// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The statement {@code COPY table (columns) FROM STDIN} with its options, in the newer form in
 * parentheses or the older one.
 *
 * <p>Source: PostgreSQL documentation, COPY.
 */
final class CopyHead {
    private static final String NO_DELIMITER = "\\.abcdefghijklmnopqrstuvwxyz0123456789\r\n";

    private final String file;
    private final int line;
    private final String table;
    private final String list;
    private final List<String> columns;
    private final TokenCursor rest;
    private final Set<String> forceNull = new HashSet<>();
    private final Set<String> forceNotNull = new HashSet<>();
    private String delimiter = "";
    private String nullMark = "";
    private boolean nullSaid;
    private boolean csv;
    private boolean header;
    private String quote = "\"";
    private String escape = "";

    private CopyHead(
            String file,
            int line,
            String table,
            String list,
            List<String> columns,
            TokenCursor rest) {
        this.file = file;
        this.line = line;
        this.table = table;
        this.list = list;
        this.columns = columns;
        this.rest = rest;
    }

    /**
     * Reads a statement, where it is one.
     *
     * @throws ScriptError for an option that cannot be kept
     */
    static Optional<CopyHead> of(String file, int line, String sql) {
        var cursor = TokenCursor.whole(sql);
        if (!cursor.take("COPY")) {
            return Optional.empty();
        }
        var table = String.join(".", cursor.name());
        var columns = new ArrayList<String>();
        if (cursor.takeSign('(')) {
            do {
                columns.add(String.join(".", cursor.name()));
            } while (cursor.takeSign(','));
            if (!cursor.takeSign(')')) {
                return Optional.empty();
            }
        }
        if (table.isEmpty() || !cursor.take("FROM", "STDIN")) {
            return Optional.empty();
        }
        var list = columns.isEmpty() ? "" : " " + list(sql);
        var head = new CopyHead(file, line, table, list, columns, cursor);
        head.options();
        return Optional.of(head);
    }

    /** The column list as written. */
    private static String list(String sql) {
        var reader = new TokenReader("", sql);
        int from = -1;
        while (true) {
            reader.next();
            if (from < 0 && reader.token().equals("(")) {
                from = reader.start();
            } else if (from >= 0 && reader.token().equals(")")) {
                return sql.substring(from, reader.end());
            }
        }
    }

    String table() {
        return table;
    }

    /** The columns as written, with a blank before them; nothing where none are written. */
    String columnList() {
        return list;
    }

    int columns() {
        return columns.size();
    }

    boolean csv() {
        return csv;
    }

    boolean header() {
        return header;
    }

    /** Whether it has no option, or only such as say what is usual. */
    boolean isPlain() {
        return !csv && !header && !nullSaid && delimiter.isEmpty();
    }

    char delimiter() {
        return delimiter.isEmpty() ? (csv ? ',' : '\t') : delimiter.charAt(0);
    }

    char quote() {
        return quote.charAt(0);
    }

    char escape() {
        return escape.isEmpty() ? quote() : escape.charAt(0);
    }

    String nullMark() {
        return nullSaid ? nullMark : csv ? "" : "\\N";
    }

    /** Whether a quoted field that looks like NULL is NULL. */
    boolean isNullThoughQuoted(int column) {
        return isForced(forceNull, column);
    }

    /** Whether a field is never NULL. */
    boolean isNeverNull(int column) {
        return isForced(forceNotNull, column);
    }

    private boolean isForced(Set<String> names, int column) {
        return names.contains("*")
                || (column < columns.size() && names.contains(folded(columns.get(column))));
    }

    private static String folded(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name.toLowerCase(Locale.ROOT);
    }

    private void options() {
        rest.take("WITH");
        if (rest.takeSign('(')) {
            do {
                option();
            } while (rest.takeSign(','));
            if (!rest.takeSign(')') || !rest.isAtEnd()) {
                throw refused(rest.skip());
            }
        } else {
            while (!rest.isAtEnd()) {
                olderOption();
            }
        }
        check();
    }

    private void option() {
        var name = rest.skip().toUpperCase(Locale.ROOT);
        switch (name) {
            case "FORMAT" -> format(word());
            case "DELIMITER" -> delimiter = text();
            case "NULL" -> nullIs(text());
            case "QUOTE" -> quote = text();
            case "ESCAPE" -> escape = text();
            case "HEADER" -> header = isTrue();
            case "FORCE_NULL" -> names(forceNull);
            case "FORCE_NOT_NULL" -> names(forceNotNull);
            case "ENCODING" -> encoding(text());
            case "FREEZE" -> {
                if (isTrue()) {
                    throw refused(name);
                }
            }
            default -> throw refused(name);
        }
    }

    private void olderOption() {
        var name = rest.skip().toUpperCase(Locale.ROOT);
        if (name.equals("USING")) {
            name = rest.skip().toUpperCase(Locale.ROOT);
        }
        switch (name) {
            case "CSV" -> csv = true;
            case "HEADER" -> header = true;
            case "DELIMITER", "DELIMITERS" -> delimiter = as();
            case "NULL" -> nullIs(as());
            case "QUOTE" -> quote = as();
            case "ESCAPE" -> escape = as();
            case "ENCODING" -> encoding(text());
            case "FORCE" -> {
                boolean not = rest.take("NOT");
                if (!rest.take("NULL")) {
                    throw refused("FORCE " + rest.skip());
                }
                list(not ? forceNotNull : forceNull);
            }
            default -> throw refused(name);
        }
    }

    private String as() {
        rest.take("AS");
        return text();
    }

    private void nullIs(String mark) {
        nullSaid = true;
        nullMark = mark;
    }

    private void format(String format) {
        csv =
                switch (format) {
                    case "TEXT" -> false;
                    case "CSV" -> true;
                    default -> throw refused("FORMAT " + format);
                };
    }

    private void encoding(String name) {
        var plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (!plain.equals("UTF8") && !plain.equals("UNICODE")) {
            throw refused("ENCODING '" + name + "'");
        }
    }

    private boolean isTrue() {
        if (rest.isAtSign(',') || rest.isAtSign(')')) {
            return true;
        }
        var value = word();
        return switch (value) {
            case "TRUE", "ON", "1" -> true;
            case "FALSE", "OFF", "0" -> false;
            default -> throw refused("the value " + value);
        };
    }

    /** A word, written bare or as a string. */
    private String word() {
        var string = rest.string();
        return string.map(this::unquoted).orElseGet(rest::skip).toUpperCase(Locale.ROOT);
    }

    private String text() {
        return rest.string().map(this::unquoted).orElseThrow(() -> refused(rest.skip()));
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

    private void names(Set<String> into) {
        if (rest.takeSign('*')) {
            into.add("*");
            return;
        }
        if (!rest.takeSign('(')) {
            throw refused(rest.skip());
        }
        list(into);
        if (!rest.takeSign(')')) {
            throw refused(rest.skip());
        }
    }

    private void list(Set<String> into) {
        do {
            var name = folded(String.join(".", rest.name()));
            if (columns.stream().noneMatch(c -> folded(c).equals(name))) {
                throw new ScriptError(
                        file,
                        line,
                        "COPY names the column '" + name + "' that its list does not have",
                        "Write the list of columns behind the table, with this one in it");
            }
            into.add(name);
        } while (rest.takeSign(','));
    }

    private void check() {
        boolean onlyCsv = !forceNull.isEmpty() || !forceNotNull.isEmpty() || !escape.isEmpty();
        if (!csv && (onlyCsv || !quote.equals("\""))) {
            throw refused("an option of the csv format, in text format,");
        }
        one("QUOTE", quote);
        one("ESCAPE", escape.isEmpty() ? quote : escape);
        var mark = String.valueOf(delimiter());
        one("DELIMITER", delimiter.isEmpty() ? mark : delimiter);
        boolean clashes = csv ? "\r\n".contains(mark) : NO_DELIMITER.contains(mark);
        if (clashes || nullMark().contains(mark) || (csv && mark.equals(quote))) {
            throw refused("DELIMITER '" + mark + "'");
        }
    }

    private void one(String name, String value) {
        if (value.length() != 1 || value.charAt(0) > 127) {
            throw refused(name + " '" + value + "'");
        }
    }

    private ScriptError refused(String what) {
        return new ScriptError(
                file,
                line,
                "COPY … FROM STDIN with " + what + " cannot be read here",
                "Formats are text and csv with their DELIMITER, NULL, HEADER, QUOTE, ESCAPE,"
                        + " FORCE_NULL and FORCE_NOT_NULL; or write the rows as INSERT");
    }
}
