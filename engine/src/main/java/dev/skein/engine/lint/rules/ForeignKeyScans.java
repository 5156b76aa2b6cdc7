// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A foreign key that is validated under the lock that adds it. */
final class ForeignKeyScans extends Base {
    ForeignKeyScans() {
        super("SK113", "foreign-key-validated", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var key : Keys.added(effect, "FOREIGN KEY")) {
            var definition = Keys.definition(effect, key);
            var partitioned = Keys.isPartitioned(effect, key.relation());
            var took = partitioned && !effect.scanned().contains(key.relation());
            if (!definition.endsWith("NOT VALID") && !took && !Keys.isUnchecked(effect, key)) {
                found.tell(
                        "nobody can write to "
                                + key.relation()
                                + " or "
                                + Keys.referenced(definition)
                                + ", which it refers to, while "
                                + key.name()
                                + " is checked for every row",
                        (partitioned ? "On each partition, or from 18 on: " : "")
                                + "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a"
                                + " revision of its own"
                                + (partitioned ? "; the table's key takes these over" : ""));
            }
        }
    }
}
