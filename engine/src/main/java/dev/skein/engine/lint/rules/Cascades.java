// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** DROP … CASCADE, with what it took along. */
final class Cascades extends Base {
    Cascades() {
        super("SK304", "cascade", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        var sql = effect.statement().sql().toUpperCase(java.util.Locale.ROOT);
        if (effect.statement().starts("DROP") && sql.strip().endsWith("CASCADE")) {
            var gone =
                    effect.differences().stream()
                            .filter(d -> d.after() == null)
                            .map(d -> d.id().toString())
                            .limit(10)
                            .toList();
            found.tell(
                    "CASCADE takes along what happens to be there; here: "
                            + String.join(", ", gone),
                    "Name what is to go");
        }
    }
}
