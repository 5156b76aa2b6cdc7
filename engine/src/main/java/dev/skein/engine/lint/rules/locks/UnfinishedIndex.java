// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/**
 * An index of a partitioned table that is still invalid when no revision follows: no query can use
 * it before each partition has its part attached, which may well take several revisions.
 */
public final class UnfinishedIndex extends RuleBase {
    public UnfinishedIndex() {
        super("SK135", "unfinished-index", LintLevel.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public boolean isAboutHead() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var index : effect.objects(ObjectKind.INDEX)) {
            if (index.has(Attribute.VALIDITY)
                    && index.text(Attribute.DEFINITION).contains(" ON ONLY ")) {
                found.tellOf(
                        index.id(),
                        index.id().name()
                                + " stays invalid: not every partition of "
                                + index.id().relation()
                                + " has its part attached",
                        "CREATE INDEX CONCURRENTLY on the table itself, which is right for the"
                                + " partitions of each database");
            }
        }
    }
}
