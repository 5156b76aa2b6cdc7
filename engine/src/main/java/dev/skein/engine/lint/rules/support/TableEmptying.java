// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.Locale;

/** Whether statements empty tables: by TRUNCATE, be it inside what they run. */
public final class TableEmptying {
    private TableEmptying() {}

    /** Whether a statement does. */
    public static boolean isIn(StatementEffect effect) {
        // Not by its files: a table of partitions has none that is another one then.
        var emptied = effect.tables().names();
        return effect.statement().starts("TRUNCATE")
                || RunTexts.of(effect).stream()
                        .anyMatch(words -> truncates(words, emptied) || joins(words));
    }

    /** Whether TRUNCATE stands before the name of one of these. */
    private static boolean truncates(List<String> words, List<String> tables) {
        boolean inside = false;
        for (int i = 0; i < words.size(); i++) {
            inside = (inside && !words.get(i).equals(";")) || SqlWords.are(words, i, "TRUNCATE");
            var table = WrittenTable.at(words, i);
            if (inside && !table.name().isEmpty() && WrittenTable.isAmong(tables, table.name())) {
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
}
