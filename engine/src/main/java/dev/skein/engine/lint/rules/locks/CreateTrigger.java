// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A trigger on a table in use. */
public final class CreateTrigger extends RuleBase {
    public CreateTrigger() {
        super("SK122", "create-trigger", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var trigger : effect.made(ObjectKind.TRIGGER)) {
            if (effect.isInUse(trigger.id().relation())) {
                found.tell(
                        "adding "
                                + trigger.id().name()
                                + " waits for every writer of "
                                + trigger.id().relation()
                                + ", and each row costs more from then on",
                        "Do it when traffic is low");
            }
        }
    }
}
