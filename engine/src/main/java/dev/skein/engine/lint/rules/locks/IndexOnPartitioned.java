// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;

/** An index that is built on every partition at once. */
public final class IndexOnPartitioned extends RuleBase {
    public IndexOnPartitioned() {
        super("SK106", "index-on-partitioned", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var index : effect.made(ObjectKind.INDEX)) {
            var table = effect.known(ObjectKind.TABLE, index.id().relation());
            var whole = !index.has(Attribute.VALIDITY) && !StatementWords.in(effect, "ON", "ONLY");
            var blocks = effect.tables().holds("ShareLock").contains(table.id().name());
            if (table.has(Attribute.PARTITION_KEY)
                    && effect.isInUse(table.id().name())
                    && whole
                    && blocks) {
                found.tell(
                        "nobody can write to any partition of "
                                + table.id().name()
                                + " until all of "
                                + index.id().name()
                                + " is built",
                        "CREATE INDEX CONCURRENTLY, in a revision with --@ transaction: none: each"
                                + " partition's is built by itself then");
            }
        }
    }
}
