// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A unique constraint whose index is built under an exclusive lock. */
public final class AddUnique extends RuleBase {
    public AddUnique() {
        super("SK109", "add-unique", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        AddedKeys.built(effect, "UNIQUE")
                .forEach(key ->
                        found.tell(
                                key.name()
                                        + " is built while nobody can read or write "
                                        + key.relation(),
                                AddedKeys.gently(effect, key, "UNIQUE")));
    }
}
