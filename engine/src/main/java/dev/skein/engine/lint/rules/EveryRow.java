// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** UPDATE or DELETE without WHERE. */
final class EveryRow extends Base {
    EveryRow() {
        super("SK601", "every-row", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        var sql = effect.statement().sql().toUpperCase(java.util.Locale.ROOT);
        var changes =
                effect.statement().starts("UPDATE") || effect.statement().starts("DELETE FROM");
        var used = !effect.holds("RowExclusiveLock").isEmpty();
        if (changes && used && !sql.contains("WHERE")) {
            found.tell(
                    "it changes every row in one transaction",
                    "--@ batch: table by key, so that nobody waits for long");
        }
    }
}
