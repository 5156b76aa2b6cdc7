// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** An exclusion constraint: there is no gentle form of it. */
public final class AddExclusion extends RuleBase {
    public AddExclusion() {
        super("SK110", "add-exclusion", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        AddedKeys.built(effect, "EXCLUDE")
                .forEach(key ->
                        found.tell(
                                key.name()
                                        + " is built while nobody can read or write "
                                        + key.relation(),
                                "Do it when traffic is low, or on a new table"));
    }
}
