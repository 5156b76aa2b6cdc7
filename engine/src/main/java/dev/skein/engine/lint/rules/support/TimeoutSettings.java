// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/** Settings of bounds. */
public final class TimeoutSettings {
    private TimeoutSettings() {}

    /** Whether a statement takes a bound away; RESET and DEFAULT go back to that of the run. */
    public static boolean isSwitchedOff(ScriptPiece.Statement statement, String setting) {
        var words = SqlWords.of(statement.sql());
        var isLocal = SqlWords.are(words, 1, "LOCAL") || SqlWords.are(words, 1, "SESSION");
        int at = isLocal ? 2 : 1;
        return SqlWords.are(words, 0, "SET")
                && SqlWords.setting(words, at).equals(setting)
                && isNone(words.subList(Math.min(words.size(), at + 2), words.size()));
    }

    private static boolean isNone(List<String> value) {
        if (value.size() != 1) {
            return false;
        }
        var text =
                value.getFirst().endsWith("'") ? SqlWords.text(value.getFirst()) : value.getFirst();
        return text.matches("\\s*0+\\s*[a-z]*");
    }
}
