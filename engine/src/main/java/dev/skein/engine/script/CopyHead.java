// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statement {@code COPY table (columns) FROM STDIN} with its options, in the newer form in
 * parentheses or the older one.
 *
 * <p>Source: PostgreSQL documentation, COPY.
 */
final class CopyHead {
    private final String table;
    private final String list;
    private final List<String> columns;
    private final CopyFormat format;

    private CopyHead(String table, String list, List<String> columns, CopyFormat format) {
        this.table = table;
        this.list = list;
        this.columns = columns;
        this.format = format;
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
        var columns = columns(cursor);
        if (columns == null || table.isEmpty() || !cursor.take("FROM", "STDIN")) {
            return Optional.empty();
        }
        var list = columns.isEmpty() ? "" : " " + list(sql);
        var format = CopyOptions.read(cursor, new CopyValues(file, line, columns, cursor));
        return Optional.of(new CopyHead(table, list, columns, format));
    }

    /** The columns that are named; null where their list does not end. */
    private static @Nullable List<String> columns(TokenCursor cursor) {
        var columns = new ArrayList<String>();
        if (cursor.takeSign('(')) {
            do {
                columns.add(String.join(".", cursor.name()));
            } while (cursor.takeSign(','));
            if (!cursor.takeSign(')')) {
                return null;
            }
        }
        return columns;
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

    CopyFormat format() {
        return format;
    }

    /** Whether a quoted field that looks like NULL is NULL. */
    boolean isNullThoughQuoted(int column) {
        return isForced(format.forceNull(), column);
    }

    /** Whether a field is never NULL. */
    boolean isNeverNull(int column) {
        return isForced(format.forceNotNull(), column);
    }

    private boolean isForced(Set<String> names, int column) {
        return names.contains("*")
                || (column < columns.size() && names.contains(folded(columns.get(column))));
    }

    /** A name as the server keeps it. */
    static String folded(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name.toLowerCase(Locale.ROOT);
    }
}
