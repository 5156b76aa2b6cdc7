// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.rows;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.stream.IntStream;

/** A condition that no ordinary index serves. */
public final class UnindexableCondition extends RuleBase {
    public UnindexableCondition() {
        super("SK605", "unindexable-condition", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var changes =
                effect.statement().starts("UPDATE") || effect.statement().starts("DELETE FROM");
        if (changes && begins(SqlWords.of(effect.statement().sql()))) {
            found.tell(
                    "LIKE '%…' reads every row", "A condition that an index serves, or --@ batch");
        }
    }

    /** Whether a pattern begins with what stands for anything. */
    private static boolean begins(List<String> words) {
        return IntStream.range(0, words.size() - 1)
                .filter(at -> SqlWords.are(words, at, "LIKE") || SqlWords.are(words, at, "ILIKE"))
                .mapToObj(at -> words.get(at + 1))
                .anyMatch(next -> next.matches("(?s)[eEnN]?'[%_].*"));
    }
}
