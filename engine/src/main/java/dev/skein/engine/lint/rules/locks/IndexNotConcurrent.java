// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** An index that is built while nobody can write. */
public final class IndexNotConcurrent extends RuleBase {
    public IndexNotConcurrent() {
        super("SK101", "index-not-concurrent", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var index : effect.made(ObjectKind.INDEX)) {
            var table = index.id().relation();
            var parts =
                    effect.known(ObjectKind.TABLE, table)
                            .has(Attribute.PARTITION_KEY); // a rule of its own
            if (!parts
                    && effect.isInUse(table)
                    && effect.tables().holds("ShareLock").contains(table)) {
                found.tell(
                        "building "
                                + index.id().name()
                                + " keeps everybody from writing to "
                                + table,
                        "CREATE INDEX CONCURRENTLY, in a revision with --@ transaction: none");
            }
        }
    }
}
