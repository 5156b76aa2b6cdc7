// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A table in use that is written anew for another type, or for a reason without a rule. */
final class Rewrites extends Base {
    Rewrites() {
        super("SK118", "table-rewrite", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        Rewriting.tell(effect, Rewriting.Cause.TYPE, found);
        Rewriting.tell(effect, Rewriting.Cause.OTHER, found);
    }
}
