// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** Several ALTER TABLE on one table. */
final class SeveralAlters extends Base {
    SeveralAlters() {
        super("SK126", "several-alters", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        // What cannot be joined; and a check that has vouched goes afterwards, or it does not
        // vouch.
        var apart =
                Said.in(effect, "DROP", "CONSTRAINT")
                        || Said.in(effect, "RENAME")
                        || Said.in(effect, "SET", "SCHEMA")
                        || Said.in(effect, "ATTACH", "PARTITION")
                        || Said.in(effect, "DETACH", "PARTITION");
        if (apart || !effect.statement().starts("ALTER TABLE")) {
            return;
        }
        for (var table : effect.heldBefore(Effect.EXCLUSIVE)) {
            if (effect.differences().stream().anyMatch(d -> d.id().relation().equals(table))) {
                found.tell(
                        table + " was altered before in the same revision",
                        "One ALTER TABLE with several parts, parted by commas");
            }
        }
    }
}
