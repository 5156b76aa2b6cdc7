// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.script.SqlWords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The UPDATE, DELETE and MERGE of a statement, also inside a DO block and in the routines that it
 * calls. They are read, not observed: on an empty database a loop over rows does nothing.
 */
public final class RowChanges {
    /** What runs what stands in it; CREATE FUNCTION, say, only keeps it. */
    private static final List<String> RUNNING =
            List.of("UPDATE", "DELETE", "WITH", "DO", "CALL", "SELECT", "INSERT", "MERGE", "TABLE");

    /** What runs the texts that it is given; to the others they are values. */
    private static final List<String> RUNNING_TEXTS = List.of("DO", "CALL", "SELECT");

    private static final Pattern NAME =
            Pattern.compile("(?s)[\\w\\P{ASCII}][\\w$\\P{ASCII}]*|[uU]?&?\".*|%");

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
        var used = effect.inUse();
        return texts(effect).stream()
                .flatMap(words -> in(words).stream())
                .filter(change -> names(used, change.table()))
                .distinct()
                .toList();
    }

    /** Whether it empties tables. */
    public static boolean truncates(StatementEffect effect) {
        var emptied = effect.inUse(); // a table of partitions has no file that is another one then
        return effect.statement().starts("TRUNCATE")
                || texts(effect).stream()
                        .anyMatch(words -> truncates(words, emptied) || joins(words));
    }

    /** Whether TRUNCATE stands before the name of one of these. */
    private static boolean truncates(List<String> words, List<String> tables) {
        boolean inside = false;
        for (int i = 0; i < words.size(); i++) {
            inside = (inside && !words.get(i).equals(";")) || SqlWords.are(words, i, "TRUNCATE");
            var table = Table.at(words, i);
            if (inside && !table.name().isEmpty() && names(tables, table.name())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text is run that says TRUNCATE, and to which a name is joined. */
    private static boolean joins(List<String> words) {
        boolean inside = false;
        for (int i = 0; i < words.size(); i++) {
            inside = (inside && !words.get(i).equals(";")) || SqlWords.are(words, i, "EXECUTE");
            if (inside && words.get(i).endsWith("'")) {
                var text = SqlWords.of(SqlWords.text(words.get(i)));
                var only = List.of("TRUNCATE", "TABLE", "ONLY");
                if (SqlWords.are(text, 0, "TRUNCATE")
                        && text.stream()
                                .map(w -> w.toUpperCase(Locale.ROOT))
                                .allMatch(only::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The tables of some, each once. */
    public static String tables(List<Change> changes) {
        return String.join(
                ", ", new java.util.TreeSet<>(changes.stream().map(Change::table).toList()));
    }

    private static boolean names(List<String> tables, String written) {
        var name = bare(written);
        return written.contains("%")
                || tables.stream().map(RowChanges::bare).anyMatch(name::equals);
    }

    private static String bare(String name) {
        var words = SqlWords.of(name);
        return SqlWords.plain(words, Math.max(0, words.size() - 1));
    }

    /** The words of the statement, and of every routine that it names, and that these name. */
    private static List<List<String>> texts(StatementEffect effect) {
        var statement = effect.statement();
        if (RUNNING.stream().noneMatch(statement::starts)) {
            return List.of();
        }
        var found = new ArrayList<List<String>>();
        var todo = new ArrayDeque<List<List<String>>>();
        todo.add(
                RUNNING_TEXTS.stream().anyMatch(statement::starts)
                        ? SqlWords.all(statement.sql())
                        : List.of(SqlWords.of(statement.sql())));
        var seen = new HashSet<String>();
        while (!todo.isEmpty()) {
            var texts = todo.remove();
            found.addAll(texts);
            for (var kind : List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)) {
                for (var routine : effect.all(kind)) {
                    var name = routine(routine.id().name());
                    if (texts.stream().anyMatch(words -> calls(words, name))
                            && seen.add(routine.id().name())) {
                        todo.add(SqlWords.all(routine.text(Attribute.DEFINITION)));
                    }
                }
            }
        }
        return found;
    }

    /** The name of a routine that is given with its schema and arguments. */
    private static String routine(String id) {
        var words = SqlWords.of(id);
        return SqlWords.plain(words, Math.max(0, words.indexOf("(") - 1));
    }

    private static boolean calls(List<String> words, String name) {
        return IntStream.range(0, words.size())
                .filter(at -> SqlWords.are(words, at + 1, "("))
                .anyMatch(at -> SqlWords.plain(words, at).equals(name));
    }

    private static List<Change> in(List<String> words) {
        var found = new ArrayList<Change>();
        for (int i = 0; i < words.size(); i++) {
            if (SqlWords.are(words, i, "UPDATE")) {
                var table = Table.at(words, i + 1);
                if (SqlWords.are(words, table.alias("SET"), "SET")) {
                    found.add(new Change(table.name(), isBounded(words, table.end())));
                }
            } else if (SqlWords.are(words, i, "DELETE", "FROM")) {
                var table = Table.at(words, i + 2);
                found.add(new Change(table.name(), isBounded(words, table.end())));
            } else if (SqlWords.are(words, i, "MERGE", "INTO")) {
                var table = Table.at(words, i + 2);
                merged(words, table).ifPresent(found::add);
            }
        }
        found.removeIf(change -> change.table().isEmpty());
        return found;
    }

    /** What MERGE does to rows that are there; the join bounds it as a condition does. */
    private static Optional<Change> merged(List<String> words, Table table) {
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

    /**
     * A table's name in a text.
     *
     * @param name as it is written; empty where there is none
     * @param end the place behind it
     */
    private record Table(List<String> words, String name, int end) {
        static Table at(List<String> words, int from) {
            int at = SqlWords.are(words, from, "ONLY") ? from + 1 : from;
            var name = new StringBuilder();
            while (at < words.size() && NAME.matcher(words.get(at)).matches()) {
                boolean placed = SqlWords.are(words, at, "%"); // of format()
                name.append(words.get(at++))
                        .append(placed && at < words.size() ? words.get(at++) : "");
                if (!SqlWords.are(words, at, ".")) {
                    break;
                }
                name.append('.');
                at++;
            }
            return new Table(words, name.toString(), SqlWords.are(words, at, "*") ? at + 1 : at);
        }

        /** The place behind an alias, which a word that goes on is none. */
        int alias(String goingOn) {
            int at = SqlWords.are(words, end, "AS") ? end + 1 : end;
            return SqlWords.are(words, at, goingOn) ? at : at + 1;
        }
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
