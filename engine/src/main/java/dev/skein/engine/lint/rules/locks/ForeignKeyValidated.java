// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.AddedKeys;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A foreign key that is validated under the lock that adds it. */
public final class ForeignKeyValidated extends RuleBase {
    public ForeignKeyValidated() {
        super("SK113", "foreign-key-validated", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var key : AddedKeys.added(effect, "FOREIGN KEY")) {
            var definition = AddedKeys.definition(effect, key);
            var partitioned = AddedKeys.isPartitioned(effect, key.relation());
            var took = partitioned && !effect.tables().scanned().contains(key.relation());
            if (!definition.endsWith("NOT VALID") && !took && !AddedKeys.isUnchecked(effect, key)) {
                tell(key, definition, partitioned, found);
            }
        }
    }

    private static void tell(ItemId key, String definition, boolean partitioned, Found found) {
        found.tell(
                "nobody can write to "
                        + key.relation()
                        + " or "
                        + AddedKeys.referenced(definition)
                        + ", which it refers to, while "
                        + key.name()
                        + " is checked for every row",
                (partitioned ? "On each partition, or from 18 on: " : "")
                        + "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a"
                        + " revision of its own"
                        + (partitioned ? "; the table's key takes these over" : ""));
    }
}
