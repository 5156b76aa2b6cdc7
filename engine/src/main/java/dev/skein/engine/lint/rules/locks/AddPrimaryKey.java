// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A primary key whose index is built under an exclusive lock. */
public final class AddPrimaryKey extends RuleBase {
    public AddPrimaryKey() {
        super("SK107", "add-primary-key", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        AddedKeys.built(effect, "PRIMARY KEY")
                .forEach(key ->
                        found.tell(
                                "the primary key of "
                                        + key.relation()
                                        + " is built while nobody can read or write it",
                                AddedKeys.gently(effect, key, "PRIMARY KEY")));
    }
}
