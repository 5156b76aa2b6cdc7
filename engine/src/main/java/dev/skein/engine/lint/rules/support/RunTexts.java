// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.script.SqlWords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The texts that a statement runs: its own, and those of the routines that it calls. */
final class RunTexts {
    /** What runs what stands in it; CREATE FUNCTION, say, only keeps it. */
    private static final List<String> RUNNING =
            List.of("UPDATE", "DELETE", "WITH", "DO", "CALL", "SELECT", "INSERT", "MERGE", "TABLE");

    /** What runs the texts that it is given; to the others they are values. */
    private static final List<String> RUNNING_TEXTS = List.of("DO", "CALL", "SELECT");

    private RunTexts() {}

    /** The words of the statement, and of every routine that it names, and that these name. */
    static List<List<String>> of(StatementEffect effect) {
        var statement = effect.statement();
        if (RUNNING.stream().noneMatch(statement::starts)) {
            return List.of();
        }
        var found = new ArrayList<List<String>>();
        var todo = new ArrayDeque<List<List<String>>>();
        todo.add(
                RUNNING_TEXTS.stream().anyMatch(statement::starts)
                        ? SqlWords.withStrings(statement.sql())
                        : List.of(SqlWords.of(statement.sql())));
        var seen = new HashSet<ItemId>();
        while (!todo.isEmpty()) {
            var texts = todo.remove();
            found.addAll(texts);
            called(effect, texts)
                    .filter(routine -> seen.add(routine.id()))
                    .forEach(routine ->
                            todo.add(SqlWords.withStrings(routine.text(Attribute.DEFINITION))));
        }
        return found;
    }

    /** The routines that texts name. */
    private static Stream<CatalogItem> called(StatementEffect effect, List<List<String>> texts) {
        return Stream.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)
                .flatMap(kind -> effect.objects(kind).stream())
                .filter(routine -> {
                    var name = routine(routine.id().name());
                    return texts.stream().anyMatch(words -> calls(words, name));
                });
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
}
