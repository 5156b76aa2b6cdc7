// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import java.util.List;

/** A function that nobody can read at once. */
public final class LongRoutine extends RuleBase {
    private static final int LINES = 200;

    public LongRoutine() {
        super("SK720", "long-routine", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var kind : List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                long lines = routine.text(Attribute.DEFINITION).lines().count();
                if (lines > LINES) {
                    found.tell(
                            routine.id() + " has " + lines + " lines",
                            "Several functions, each with one job");
                }
            }
        }
    }
}
