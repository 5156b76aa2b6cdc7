// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** DROP … CASCADE, with what it took along. */
public final class Cascade extends RuleBase {
    public Cascade() {
        super("SK304", "cascade", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (StatementWords.by(effect).stream().noneMatch(Cascade::drops)) {
            return;
        }
        var tables =
                effect.gone(ObjectKind.TABLE).stream().map(table -> table.id().name()).toList();
        var gone =
                effect.differences().stream()
                        .filter(d -> d.after() == null && !tables.contains(d.id().relation()))
                        .map(d -> d.id().toString())
                        .toList();
        if (gone.size() > 1) {
            found.tell(
                    "CASCADE takes along what happens to be there; gone are "
                            + String.join(", ", gone.subList(0, Math.min(10, gone.size()))),
                    "Name what is to go");
        }
    }

    /** Whether CASCADE belongs to a DROP; it may be what a foreign key does, too. */
    private static boolean drops(List<String> words) {
        int drop = -1;
        for (int at = 0; at < words.size(); at++) {
            drop = SqlWords.are(words, at, "DROP") ? at : drop;
            drop = words.get(at).equals(";") ? -1 : drop;
            if (drop >= 0 && SqlWords.are(words, at, "CASCADE") && !isOfKey(words, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfKey(List<String> words, int at) {
        return SqlWords.are(words, at - 1, "DELETE") || SqlWords.are(words, at - 1, "UPDATE");
    }
}
