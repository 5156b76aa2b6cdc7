// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A trigger on a table in use. */
final class CreateTrigger extends Base {
    CreateTrigger() {
        super("SK122", "create-trigger", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var trigger : effect.made(Kind.TRIGGER)) {
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
