// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.Optional;

/**
 * A value that a statement adds to an enumeration.
 *
 * @param type its name's parts, as the catalog writes them
 */
record NewValue(List<String> type, String value) {
    /** Reads ALTER TYPE … ADD VALUE; empty for any other statement. */
    static Optional<NewValue> of(Statement statement) {
        if (!statement.starts("ALTER TYPE")) {
            return Optional.empty();
        }
        var words = SqlWords.of(statement.sql());
        int at = SqlWords.last(words, 2) + 1;
        if (!SqlWords.are(words, at, "ADD", "VALUE")) {
            return Optional.empty();
        }
        at += SqlWords.are(words, at + 2, "IF", "NOT", "EXISTS") ? 5 : 2;
        return at < words.size() && words.get(at).endsWith("'")
                ? Optional.of(new NewValue(name(words, 2), SqlWords.text(words.get(at))))
                : Optional.empty();
    }

    private static List<String> name(List<String> words, int from) {
        int last = SqlWords.last(words, from);
        return last > from
                ? List.of(SqlWords.plain(words, last - 2), SqlWords.plain(words, last))
                : List.of(SqlWords.plain(words, last));
    }

    /** Whether a statement makes the type: its values may be used at once then. */
    boolean isOfTypeMadeBy(Statement statement) {
        if (!statement.starts("CREATE TYPE")) {
            return false;
        }
        var made = name(SqlWords.of(statement.sql()), 2);
        var schemas = made.size() == type.size();
        return schemas ? made.equals(type) : made.getLast().equals(type.getLast());
    }

    /** Whether a statement says the value, be it in a text that is run. */
    boolean isUsedBy(Statement statement) {
        var runs = statement.starts("DO") || statement.starts("CREATE");
        var sql = statement.sql();
        var texts = runs ? SqlWords.withStrings(sql) : List.of(SqlWords.of(sql));
        return texts.stream()
                .flatMap(List::stream)
                .anyMatch(word -> word.endsWith("'") && SqlWords.text(word).equals(value));
    }
}
