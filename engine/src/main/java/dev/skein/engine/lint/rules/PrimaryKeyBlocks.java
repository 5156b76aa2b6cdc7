// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A primary key whose index is built under an exclusive lock. */
final class PrimaryKeyBlocks extends Base {
    PrimaryKeyBlocks() {
        super("SK107", "add-primary-key", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        Keys.built(effect, "PRIMARY KEY")
                .forEach(key ->
                        found.tell(
                                "the primary key of "
                                        + key.relation()
                                        + " is built while nobody can read or write it",
                                Keys.gently(effect, key, "PRIMARY KEY")));
    }
}
