// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The UPDATE and DELETE of a statement, also inside a DO block and in the routines that it calls.
 * They are read, not observed: on an empty database a loop over rows does nothing.
 */
final class RowChanges {
    /** What runs what stands in it; CREATE FUNCTION, say, only keeps it. */
    private static final List<String> RUNNING =
            List.of("UPDATE", "DELETE", "WITH", "DO", "CALL", "SELECT", "INSERT", "MERGE", "TABLE");

    private static final Pattern COMMENT = Pattern.compile("(?s)--[^\\n]*|/\\*.*?\\*/");
    private static final Pattern CHANGE =
            Pattern.compile(
                    "(?i)\\bUPDATE\\s+(?:ONLY\\s+)?([^\\s(;]+)\\s+(?:\\*\\s+)?(?:AS\\s+)?(?:\\w+\\s+)?SET\\b"
                        + "|\\bDELETE\\s+FROM\\s+(?:ONLY\\s+)?([^\\s(;'$]+)");
    private static final Pattern TRUNCATE = Pattern.compile("(?i)\\bTRUNCATE\\b");

    /**
     * One of them.
     *
     * @param table as it is written
     * @param bounded whether a condition of its own says which rows
     */
    record Change(String table, boolean bounded) {}

    private RowChanges() {}

    /** Those of rows that tenants may have. */
    static List<Change> of(Effect effect) {
        var used = effect.inUse();
        return texts(effect).stream()
                .flatMap(text -> in(text).stream())
                .filter(change -> change.table().contains("%") || names(used, change.table()))
                .distinct()
                .toList();
    }

    /** Whether it empties tables. */
    static boolean truncates(Effect effect) {
        return effect.statement().starts("TRUNCATE")
                || texts(effect).stream().anyMatch(text -> TRUNCATE.matcher(text).find());
    }

    /** The tables of some, each once. */
    static String tables(List<Change> changes) {
        return String.join(
                ", ", new java.util.TreeSet<>(changes.stream().map(Change::table).toList()));
    }

    private static boolean names(List<String> tables, String written) {
        var name = bare(written);
        return tables.stream().map(RowChanges::bare).anyMatch(name::equals);
    }

    private static String bare(String name) {
        var last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("\"") ? last : last.toLowerCase(Locale.ROOT);
    }

    /** The statement, and the body of every routine that it names, and that these name. */
    private static List<String> texts(Effect effect) {
        if (RUNNING.stream().noneMatch(effect.statement()::starts)) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        var todo = new ArrayDeque<String>(List.of(effect.statement().sql()));
        var seen = new HashSet<String>();
        while (!todo.isEmpty()) {
            var text = COMMENT.matcher(todo.remove()).replaceAll(" ");
            texts.add(text);
            for (var kind : List.of(Kind.FUNCTION, Kind.PROCEDURE)) {
                for (var routine : effect.all(kind)) {
                    var name = bare(routine.id().name().replaceAll("\\(.*", ""));
                    if (calls(text, name) && seen.add(routine.id().name())) {
                        todo.add(routine.text("definition"));
                    }
                }
            }
        }
        return texts;
    }

    private static boolean calls(String text, String name) {
        return Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(name) + "\\s*\\(")
                .matcher(text)
                .find();
    }

    private static List<Change> in(String text) {
        var found = new ArrayList<Change>();
        var matcher = CHANGE.matcher(text);
        while (matcher.find()) {
            var table = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            found.add(new Change(table, isBounded(text, matcher.end())));
        }
        return found;
    }

    /** Whether WHERE stands at the level of the statement that goes on at a place. */
    private static boolean isBounded(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length() && depth >= 0; i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == ';' && depth == 0) {
                return false;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth == 0 && isWhere(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWhere(String text, int at) {
        return text.regionMatches(true, at, "WHERE", 0, 5)
                && !Character.isJavaIdentifierPart(text.charAt(at - 1))
                && (at + 5 == text.length()
                        || !Character.isJavaIdentifierPart(text.charAt(at + 5)));
    }
}
