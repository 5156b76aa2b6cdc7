// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Misfit;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.text.SqlCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code COPY table (columns) FROM STDIN;} with its rows: read as INSERT statements of some hundred
 * rows, since the client has no copy protocol. Each field is a literal of unknown type, so the
 * column's own input function reads it, as in a copy. Where an INSERT would do something else than
 * a copy, the statement's conditions refuse it.
 *
 * @param end where the text goes on, behind the line {@code \.}
 */
record CopyBlock(List<Statement> statements, int end) {
    private static final int ROWS = 200; // in checksums: another number would change them

    /**
     * Reads it where a statement that ends here is one; else nothing.
     *
     * @param formerly whether rows are read as the first version read them
     */
    static Optional<CopyBlock> of(
            String file, String text, int start, int semicolon, int line, boolean formerly) {
        if (start < 0 || !text.regionMatches(true, start, "COPY", 0, 4)) {
            return Optional.empty();
        }
        var head = CopyHead.of(file, line, text.substring(start, semicolon));
        if (head.isEmpty()) {
            return Optional.empty();
        }
        refuseBehind(file, text, semicolon, line);
        int from = text.indexOf('\n', semicolon) + 1;
        int to = lastLine(text, from);
        if (to < 0) {
            throw new ScriptError(
                    file,
                    line,
                    "the rows of COPY … FROM STDIN never end",
                    "End them with a line '\\.'");
        }
        int first = line + SqlCharacters.lines(text, start, from);
        var data = text.substring(from, to);
        var statements = read(file, head.get(), data, first, formerly);
        return Optional.of(new CopyBlock(statements, end(text, to)));
    }

    /** Where the line is that ends the rows; -1 where there is none. */
    private static int lastLine(String text, int from) {
        for (int at = from; at > 0 && at < text.length(); at = text.indexOf('\n', at) + 1) {
            if (text.substring(at, end(text, at)).equals("\\.")) {
                return at;
            }
        }
        return -1;
    }

    /** Rows that the first version took can be read, but must not run. */
    private static List<Statement> read(
            String file, CopyHead head, String data, int line, boolean formerly) {
        if (formerly && head.format().plain()) {
            return inserts(head, FormerRows.of(data, line), null);
        }
        try {
            return inserts(head, CopyRows.of(file, head, data, line), null);
        } catch (ScriptError e) {
            if (!head.format().plain()) {
                throw e;
            }
            var misfit = new Misfit(e.line(), e.found(), e.remedy());
            return inserts(head, FormerRows.of(data, line), misfit);
        }
    }

    private static int end(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private static void refuseBehind(String file, String text, int semicolon, int line) {
        var behind = text.substring(semicolon + 1, end(text, semicolon)).strip();
        if (!behind.isEmpty() && !behind.startsWith("--")) {
            throw new ScriptError(
                    file,
                    line,
                    "behind COPY … FROM STDIN; stands '" + behind + "'",
                    "Rows begin on the next line: move it behind them");
        }
    }

    private static List<Statement> inserts(
            CopyHead head, List<CopyRows.Row> rows, @Nullable Misfit misfit) {
        var into =
                "INSERT INTO %s%s OVERRIDING SYSTEM VALUE VALUES\n"
                        .formatted(head.table(), head.columnList());
        var asked = new CopyConditions(head);
        var statements = new ArrayList<Statement>();
        for (int i = 0; i < rows.size(); i += ROWS) {
            var some = rows.subList(i, Math.min(i + ROWS, rows.size()));
            var values = some.stream().map(CopyBlock::values).collect(Collectors.joining(",\n"));
            // its second line is that of the first row
            int line = some.getFirst().line() - 1;
            var conditions = i == 0 ? asked.first(some.getFirst()) : asked.again(ROWS);
            statements.add(new Statement(line, into + values, "INSERT INTO", conditions, misfit));
        }
        return statements;
    }

    private static String values(CopyRows.Row row) {
        return row.fields().stream()
                .map(CopyBlock::literal)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String literal(@Nullable String field) {
        return field == null ? "NULL" : "'" + field.replace("'", "''") + "'";
    }
}
