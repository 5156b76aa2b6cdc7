// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.regex.Pattern;

/** A condition that no ordinary index serves. */
final class SearchesEverything extends Base {
    private static final Pattern PATTERN = Pattern.compile("(?is)\\bI?LIKE\\s+'[%_]");

    SearchesEverything() {
        super("SK605", "unindexable-condition", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var changes =
                effect.statement().starts("UPDATE") || effect.statement().starts("DELETE FROM");
        if (changes && PATTERN.matcher(effect.statement().sql()).find()) {
            found.tell(
                    "LIKE '%…' reads every row", "A condition that an index serves, or --@ batch");
        }
    }
}
