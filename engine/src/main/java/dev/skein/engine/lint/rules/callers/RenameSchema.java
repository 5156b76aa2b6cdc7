// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.callers;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A schema with another name. */
public final class RenameSchema extends RuleBase {
    public RenameSchema() {
        super("SK503", "rename-schema", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var gone =
                effect.differences().stream()
                        .anyMatch(d -> d.id().kind() == ObjectKind.SCHEMA && d.after() == null);
        if (gone && effect.statement().starts("ALTER SCHEMA")) {
            found.tell(
                    "whoever uses its old name fails at once",
                    "A new schema with views of the old names, until nobody uses them");
        }
    }
}
