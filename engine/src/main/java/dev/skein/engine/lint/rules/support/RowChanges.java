// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.script.SqlWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The UPDATE, DELETE and MERGE of a statement, also inside a DO block and in the routines that it
 * calls. They are read, not observed: on an empty database a loop over rows does nothing.
 */
public final class RowChanges {
    /**
     * One of them.
     *
     * @param table as it is written
     * @param bounded whether a condition of its own says which rows
     */
    public record Change(String table, boolean bounded) {}

    private RowChanges() {}

    /** Those of rows that tenants may have. */
    public static List<Change> of(StatementEffect effect) {
        var used = effect.tables().names();
        return RunTexts.of(effect).stream()
                .flatMap(words -> in(words).stream())
                .filter(change -> WrittenTable.isAmong(used, change.table()))
                .distinct()
                .toList();
    }

    /** The tables of some, each once. */
    public static String tables(List<Change> changes) {
        return String.join(
                ", ", new java.util.TreeSet<>(changes.stream().map(Change::table).toList()));
    }

    private static List<Change> in(List<String> words) {
        var found = new ArrayList<Change>();
        for (int i = 0; i < words.size(); i++) {
            if (SqlWords.are(words, i, "UPDATE")) {
                var table = WrittenTable.at(words, i + 1);
                if (SqlWords.are(words, table.alias("SET"), "SET")) {
                    found.add(new Change(table.name(), isBounded(words, table.end())));
                }
            } else if (SqlWords.are(words, i, "DELETE", "FROM")) {
                var table = WrittenTable.at(words, i + 2);
                found.add(new Change(table.name(), isBounded(words, table.end())));
            } else if (SqlWords.are(words, i, "MERGE", "INTO")) {
                var table = WrittenTable.at(words, i + 2);
                merged(words, table).ifPresent(found::add);
            }
        }
        found.removeIf(change -> change.table().isEmpty());
        return found;
    }

    /** What MERGE does to rows that are there; the join bounds it as a condition does. */
    private static Optional<Change> merged(List<String> words, WrittenTable table) {
        boolean changes = false;
        boolean bounded = true;
        for (int i = table.end(); i < words.size() && !words.get(i).equals(";"); i++) {
            changes |=
                    SqlWords.are(words, i, "THEN", "UPDATE")
                            || SqlWords.are(words, i, "THEN", "DELETE");
            bounded &=
                    !SqlWords.are(words, i, "ON", "TRUE")
                            && !SqlWords.are(words, i, "BY", "SOURCE", "THEN");
        }
        return changes ? Optional.of(new Change(table.name(), bounded)) : Optional.empty();
    }

    /** Whether WHERE stands at the level of the statement that goes on at a place. */
    private static boolean isBounded(List<String> words, int from) {
        int depth = 0;
        for (int i = from; i < words.size() && depth >= 0; i++) {
            var word = words.get(i);
            if (depth == 0 && word.equals(";")) {
                return false;
            }
            if (depth == 0 && SqlWords.are(words, i, "WHERE")) {
                return true;
            }
            depth += word.equals("(") ? 1 : word.equals(")") ? -1 : 0;
        }
        return false;
    }
}
