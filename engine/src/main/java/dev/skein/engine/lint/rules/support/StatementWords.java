// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** What a statement says, by its words: comments, names in quotes and values say nothing. */
public final class StatementWords {
    private StatementWords() {}

    /** The words of a statement; of a DO block those in its strings, too, since they are run. */
    public static List<List<String>> by(StatementEffect effect) {
        return by(effect.statement());
    }

    /** The same of any statement. */
    public static List<List<String>> by(Statement statement) {
        return statement.starts("DO")
                ? SqlWords.withStrings(statement.sql())
                : List.of(SqlWords.of(statement.sql()));
    }

    /** Whether a statement says some words, in upper case, in a row. */
    public static boolean in(StatementEffect effect, String... words) {
        return by(effect).stream().anyMatch(said -> SqlWords.have(said, words));
    }
}
