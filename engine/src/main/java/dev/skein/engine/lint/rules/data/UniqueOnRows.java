// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Uniqueness that some tenant may not have. */
public final class UniqueOnRows extends RuleBase {
    public UniqueOnRows() {
        super("SK401", "unique-on-rows", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        if (!effect.script().precheck().isEmpty()) {
            return;
        }
        for (var index : effect.made(ObjectKind.INDEX)) {
            var unique = index.text(Attribute.DEFINITION).startsWith("CREATE UNIQUE INDEX");
            if (unique && effect.isInUse(index.id().relation())) {
                tell(index.id(), found);
            }
        }
        AddedKeys.built(effect, "UNIQUE").forEach(key -> tell(key, found));
    }

    private static void tell(ItemId unique, Found found) {
        found.tell(
                unique.name() + " fails where rows of " + unique.relation() + " are alike",
                "--@ precheck: a query that is true where there are no duplicates");
    }
}
