// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** REFRESH MATERIALIZED VIEW in its plain form. */
final class RefreshBlocks extends Base {
    RefreshBlocks() {
        super("SK129", "refresh-matview", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        if (effect.statement().starts("REFRESH MATERIALIZED VIEW")
                && !effect.statement().words().contains("CONCURRENTLY")
                && !effect.locked(Effect.EXCLUSIVE).isEmpty()) {
            found.tell(
                    "readers of "
                            + String.join(", ", effect.locked(Effect.EXCLUSIVE))
                            + " wait until it is full again",
                    "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index");
        }
    }
}
