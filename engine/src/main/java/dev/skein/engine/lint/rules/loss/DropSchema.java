// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A schema that goes. */
public final class DropSchema extends RuleBase {
    public DropSchema() {
        super("SK303", "drop-schema", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var schema : effect.gone(ObjectKind.SCHEMA)) {
            found.tell(
                    "schema " + schema.id().name() + " is gone with all that was in it",
                    "Drop what is in it by name, and see what that is");
        }
    }
}
