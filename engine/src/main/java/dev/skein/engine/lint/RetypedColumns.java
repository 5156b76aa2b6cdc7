// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.script.SqlWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that a statement says have another type or expression, also in a DO block: read,
 * since the server makes what stands on them anew even where the type is the same.
 *
 * @param columns as the catalog names them
 * @param blind those whose new value is not made of the old row
 * @param dropped constraints that it drops by their names
 */
record RetypedColumns(Set<String> columns, Set<String> blind, Set<String> dropped) {

    static RetypedColumns of(String sql) {
        var found = new RetypedColumns(new HashSet<>(), new HashSet<>(), new HashSet<>());
        SqlWords.withStrings(sql).forEach(found::read);
        return found;
    }

    private void read(List<String> words) {
        String table = "";
        for (int i = 0; i < words.size(); i++) {
            if (SqlWords.are(words, i, "ALTER", "TABLE")) {
                table = table(words, i + 2);
            } else if (SqlWords.are(words, i, "ALTER")) {
                column(words, i + (SqlWords.are(words, i + 1, "COLUMN") ? 2 : 1), table);
            } else if (SqlWords.are(words, i, "DROP", "CONSTRAINT")) {
                int at = SqlWords.are(words, i + 2, "IF", "EXISTS") ? i + 4 : i + 2;
                dropped.add(SqlWords.plain(words, at));
            }
        }
    }

    private static String table(List<String> words, int from) {
        int at = SqlWords.are(words, from, "IF", "EXISTS") ? from + 2 : from;
        at = SqlWords.are(words, at, "ONLY") ? at + 1 : at;
        while (SqlWords.are(words, at + 1, ".")) {
            at += 2;
        }
        return SqlWords.plain(words, at);
    }

    private void column(List<String> words, int at, String table) {
        var name = SqlWords.plain(words, at);
        int to = SqlWords.are(words, at + 1, "SET", "DATA") ? at + 3 : at + 1;
        if (SqlWords.are(words, at + 1, "SET", "EXPRESSION")) {
            columns.add(name);
        } else if (SqlWords.are(words, to, "TYPE")) {
            columns.add(name);
            var using = using(words, to);
            if (!using.isEmpty() && !using.contains(name) && !using.contains(table)) {
                blind.add(name);
            }
        }
    }

    /** The words of the expression that makes the new values; none where there is none. */
    private static List<String> using(List<String> words, int from) {
        var expression = new ArrayList<String>();
        int depth = 0;
        boolean inside = false;
        for (int i = from; i < words.size() && !words.get(i).equals(";"); i++) {
            var word = words.get(i);
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
            if (depth == 0 && word.equals(",")) {
                break;
            }
            if (inside) {
                expression.add(SqlWords.plain(words, i));
            }
            inside |= depth == 0 && SqlWords.are(words, i, "USING");
        }
        return expression;
    }
}
