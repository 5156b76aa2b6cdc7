// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.List;

/** A function that nobody can read at once. */
final class LongRoutine extends Base {
    private static final int LINES = 200;

    LongRoutine() {
        super("SK720", "long-routine", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var kind : List.of(Kind.FUNCTION, Kind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                long lines = routine.text("definition").lines().count();
                if (lines > LINES) {
                    found.tell(
                            routine.id() + " has " + lines + " lines",
                            "Several functions, each with one job");
                }
            }
        }
    }
}
