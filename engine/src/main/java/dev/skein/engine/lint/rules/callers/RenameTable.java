// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** A table in use that gets another name. */
public final class RenameTable extends RuleBase {
    public RenameTable() {
        super("SK502", "rename-table", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var names : effect.tables().renamed()) {
            if (goesOn(effect, SqlWords.of(names.get(0)))) {
                continue; // as a view
            }
            found.tell(
                    "clients that still say " + names.get(0) + " break",
                    "CREATE VIEW "
                            + names.get(0)
                            + " AS TABLE "
                            + names.get(1)
                            + " in the same revision");
        }
    }

    /** Whether a name is that of a view which the revision makes. */
    private static boolean goesOn(StatementEffect effect, List<String> name) {
        return effect.script().upgrade().statements().stream()
                .flatMap(statement -> StatementWords.by(statement).stream())
                .anyMatch(words -> makesView(words, name));
    }

    private static boolean makesView(List<String> words, List<String> name) {
        for (int at = 1; at < words.size(); at++) {
            if (SqlWords.are(words, at, "VIEW") && isMade(words, at)) {
                int end = SqlWords.last(words, at + 1);
                var own = SqlWords.plain(words, end).equals(SqlWords.plain(name, name.size() - 1));
                var here =
                        end == at + 1
                                || SqlWords.plain(words, end - 2).equals(SqlWords.plain(name, 0));
                if (own && here) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isMade(List<String> words, int view) {
        int at = SqlWords.are(words, view - 1, "RECURSIVE") ? view - 1 : view;
        return SqlWords.are(words, at - 1, "CREATE")
                || SqlWords.are(words, at - 3, "CREATE", "OR", "REPLACE");
    }
}
