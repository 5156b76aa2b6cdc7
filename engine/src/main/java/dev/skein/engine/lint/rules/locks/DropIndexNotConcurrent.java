// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** An index that is dropped while nobody can read. */
public final class DropIndexNotConcurrent extends RuleBase {
    public DropIndexNotConcurrent() {
        super("SK102", "drop-index-not-concurrent", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var index : effect.gone(ObjectKind.INDEX)) {
            var table = index.id().relation();
            if (effect.statement().starts("DROP INDEX")
                    && !AddedKeys.isPartitioned(effect, table) // there is no other form
                    && effect.tables().holds(StatementEffect.EXCLUSIVE).contains(table)) {
                found.tell(
                        "dropping "
                                + index.id().name()
                                + " waits for every reader of "
                                + table
                                + " and keeps the next ones waiting",
                        "DROP INDEX CONCURRENTLY, in a revision with --@ transaction: none");
            }
        }
    }
}
