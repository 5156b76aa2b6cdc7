// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.stream.IntStream;

/** INSERT without a list of columns. */
public final class InsertWithoutColumns extends RuleBase {
    /** What gives the rows; but for the first one, none of these can be a column's name. */
    private static final List<String> GIVING = List.of("VALUES", "SELECT", "TABLE", "WITH");

    public InsertWithoutColumns() {
        super("SK604", "insert-without-columns", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (StatementWords.by(effect).stream().anyMatch(InsertWithoutColumns::isWithout)) {
            found.tell(
                    "it depends on the order of columns, which differs from tenant to tenant",
                    "INSERT INTO table (columns) …");
        }
    }

    private static boolean isWithout(List<String> words) {
        return IntStream.range(0, words.size())
                .filter(at -> SqlWords.are(words, at, "INSERT", "INTO"))
                .map(at -> SqlWords.last(words, at + 2) + 1)
                .map(at -> SqlWords.are(words, at, "AS") ? at + 2 : at)
                .anyMatch(at -> gives(words, at));
    }

    private static boolean gives(List<String> words, int at) {
        if (SqlWords.are(words, at, "(")) {
            return SqlWords.are(words, at + 1, "VALUES", "(")
                    || GIVING.stream().skip(1).anyMatch(w -> SqlWords.are(words, at + 1, w));
        }
        return GIVING.stream().anyMatch(word -> SqlWords.are(words, at, word));
    }
}
