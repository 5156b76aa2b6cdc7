// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** DROP … CASCADE, with what it took along. */
final class Cascades extends Base {
    Cascades() {
        super("SK304", "cascade", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        var sql = effect.statement().sql().toUpperCase(java.util.Locale.ROOT).strip();
        if (!sql.contains("DROP ") || !sql.endsWith("CASCADE")) {
            return;
        }
        var tables = effect.gone(Kind.TABLE).stream().map(table -> table.id().name()).toList();
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
}
