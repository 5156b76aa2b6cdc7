// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A unique constraint whose index is built under an exclusive lock. */
final class UniqueBlocks extends Base {
    UniqueBlocks() {
        super("SK109", "add-unique", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        Keys.built(effect, "UNIQUE")
                .forEach(key ->
                        found.tell(
                                key.name()
                                        + " is built while nobody can read or write "
                                        + key.relation(),
                                Keys.gently(effect, key, "UNIQUE")));
    }
}
