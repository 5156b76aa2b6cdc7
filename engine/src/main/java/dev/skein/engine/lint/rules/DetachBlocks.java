// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** DETACH PARTITION under an exclusive lock. */
final class DetachBlocks extends Base {
    DetachBlocks() {
        super("SK123", "detach-partition", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var change : effect.changed(Kind.TABLE, "partition bound")) {
            var before = change.before();
            if (before != null
                    && before.has("partition bound")
                    && effect.locked(Effect.EXCLUSIVE).contains(before.text("parents"))) {
                found.tell(
                        "detaching "
                                + change.id().name()
                                + " keeps everybody from "
                                + before.text("parents"),
                        "DETACH PARTITION … CONCURRENTLY, in a revision with --@ transaction:"
                                + " none");
            }
        }
    }
}
