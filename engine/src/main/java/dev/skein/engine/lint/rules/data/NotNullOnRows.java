// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** NOT NULL that some tenant may not have. */
public final class NotNullOnRows extends RuleBase {
    public NotNullOnRows() {
        super("SK403", "not-null-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (!effect.script().precheck().isEmpty()) {
            return;
        }
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.NOT_NULL)) {
            var after = change.after();
            var before = change.before();
            if (before != null
                    && after != null
                    && after.has(Attribute.NOT_NULL)
                    && effect.tables().scanned().contains(change.id().relation())) {
                found.tell(
                        "it fails where " + change.id().fullName() + " is null in some row",
                        "--@ precheck: SELECT count(*) = 0 … WHERE "
                                + change.id().name()
                                + " IS NULL");
            }
        }
    }
}
