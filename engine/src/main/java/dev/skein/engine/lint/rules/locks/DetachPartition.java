// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** DETACH PARTITION under an exclusive lock. */
public final class DetachPartition extends RuleBase {
    public DetachPartition() {
        super("SK123", "detach-partition", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var change : effect.changed(ObjectKind.TABLE, Attribute.PARTITION_BOUND)) {
            var before = change.before();
            if (before != null
                    && before.has(Attribute.PARTITION_BOUND)
                    && effect.tables()
                            .locked(StatementEffect.EXCLUSIVE)
                            .contains(before.text(Attribute.PARENTS))) {
                found.tell(
                        "detaching "
                                + change.id().name()
                                + " keeps everybody from "
                                + before.text(Attribute.PARENTS),
                        "DETACH PARTITION … CONCURRENTLY, in a revision with --@ transaction:"
                                + " none");
            }
        }
    }
}
