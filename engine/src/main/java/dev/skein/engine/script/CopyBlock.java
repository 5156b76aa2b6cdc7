// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code COPY table (columns) FROM STDIN;} with its rows, as pg_dump writes it: read as INSERT
 * statements of some hundred rows, since the client has no copy protocol. Each field is a literal
 * of unknown type, so the column's own input function reads it, as in a copy.
 *
 * <p>Source: PostgreSQL documentation, COPY, "File Formats", text format.
 *
 * @param end where the text goes on, behind the line {@code \.}
 * @param lines how many line ends it spans
 */
record CopyBlock(List<Piece.Statement> statements, int end, int lines) {
    private static final Pattern HEAD =
            Pattern.compile(
                    "COPY\\s+(?<table>\\S+?)\\s*(?<columns>\\([^)]*\\))?\\s+FROM\\s+STDIN"
                            + "(?:\\s+(?:WITH\\s*)?(?:\\(\\s*FORMAT\\s+'?text'?\\s*\\))?)?",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int ROWS = 200; // in checksums: another number would change them

    /** Reads it where a statement that ends here is one; else nothing. */
    static Optional<CopyBlock> of(
            String file, String words, String text, int start, int semicolon, int line) {
        if (start < 0 || !words.startsWith("COPY")) {
            return Optional.empty();
        }
        var head = HEAD.matcher(text.substring(start, semicolon).strip());
        if (!head.matches()) {
            return Optional.empty();
        }
        refuseBehind(file, text, semicolon, line);
        var columns = head.group("columns") == null ? "" : " " + head.group("columns");
        var into = "INSERT INTO " + head.group("table") + columns + " OVERRIDING SYSTEM VALUE";
        int from = text.indexOf('\n', semicolon) + 1;
        int at = from;
        var rows = new ArrayList<String>();
        while (at > 0 && at < text.length()) {
            int end = text.indexOf('\n', at);
            var row = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            if (row.equals("\\.")) {
                int headLines = count(text, start, from);
                return Optional.of(
                        new CopyBlock(
                                inserts(into, rows, line + headLines),
                                at,
                                count(text, semicolon, at)));
            }
            rows.add(row);
        }
        throw new ScriptError(
                file,
                line,
                "the rows of COPY … FROM STDIN never end",
                "End them with a line '\\.'");
    }

    private static void refuseBehind(String file, String text, int semicolon, int line) {
        int lineEnd = text.indexOf('\n', semicolon);
        var behind = lineEnd < 0 ? "" : text.substring(semicolon + 1, lineEnd).strip();
        if (!behind.isEmpty() && !behind.startsWith("--")) {
            throw new ScriptError(
                    file,
                    line,
                    "behind COPY … FROM STDIN; stands '" + behind + "'",
                    "Rows begin on the next line: move it behind them");
        }
    }

    private static int count(String text, int from, int to) {
        return (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private static List<Piece.Statement> inserts(String into, List<String> rows, int line) {
        var statements = new ArrayList<Piece.Statement>();
        for (int i = 0; i < rows.size(); i += ROWS) {
            var values =
                    rows.subList(i, Math.min(i + ROWS, rows.size())).stream()
                            .map(CopyBlock::values)
                            .toList();
            statements.add(
                    new Piece.Statement(
                            line + i,
                            into + " VALUES\n" + String.join(",\n", values),
                            "INSERT INTO"));
        }
        return statements;
    }

    private static String values(String row) {
        var values = new ArrayList<String>();
        for (var field : row.split("\t", -1)) {
            values.add(
                    field.equals("\\N") ? "NULL" : "'" + unescaped(field).replace("'", "''") + "'");
        }
        return "(" + String.join(", ", values) + ")";
    }

    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                out.append(c);
                continue;
            }
            char next = field.charAt(++i);
            switch (next) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'v' -> out.append('\u000b');
                default -> i += numbered(field, i, out) - 1;
            }
        }
        return out.toString();
    }

    /** A character by its octal or hexadecimal number, else itself; gives how many it took. */
    private static int numbered(String field, int at, StringBuilder out) {
        var rest = field.substring(at);
        var hex = Pattern.compile("x[0-9a-fA-F]{1,2}").matcher(rest);
        var octal = Pattern.compile("[0-7]{1,3}").matcher(rest);
        if (hex.lookingAt()) {
            out.append((char) Integer.parseInt(hex.group().substring(1), 16));
            return hex.end();
        }
        if (octal.lookingAt()) {
            out.append((char) Integer.parseInt(octal.group(), 8));
            return octal.end();
        }
        out.append(rest.charAt(0));
        return 1;
    }
}
