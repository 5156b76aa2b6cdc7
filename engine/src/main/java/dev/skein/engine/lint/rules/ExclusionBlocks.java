// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** An exclusion constraint: there is no gentle form of it. */
final class ExclusionBlocks extends Base {
    ExclusionBlocks() {
        super("SK110", "add-exclusion", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        Keys.built(effect, "EXCLUDE")
                .forEach(key ->
                        found.tell(
                                key.name()
                                        + " is built while nobody can read or write "
                                        + key.relation(),
                                "Do it when traffic is low, or on a new table"));
    }
}
