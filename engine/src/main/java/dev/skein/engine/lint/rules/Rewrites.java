// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A table in use that is written anew. */
final class Rewrites extends Base {
    Rewrites() {
        super("SK118", "table-rewrite", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var table : effect.rewritten()) {
            if (effect.statement().starts("TRUNCATE")) {
                continue; // a rule of its own tells what that means
            }
            found.tell(
                    table + " and its indexes are written anew while nobody can use it",
                    Rewriting.remedy(effect, table));
        }
    }
}
