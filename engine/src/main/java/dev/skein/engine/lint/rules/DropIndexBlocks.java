// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** An index that is dropped while nobody can read. */
final class DropIndexBlocks extends Base {
    DropIndexBlocks() {
        super("SK102", "drop-index-not-concurrent", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var index : effect.gone(Kind.INDEX)) {
            var table = index.id().relation();
            if (effect.statement().starts("DROP INDEX")
                    && !Keys.isPartitioned(effect, table) // there is no other form
                    && effect.holds(Effect.EXCLUSIVE).contains(table)) {
                found.tell(
                        "dropping "
                                + index.id().name()
                                + " waits for every reader of "
                                + table
                                + " and keeps the next ones waiting",
                        "DROP INDEX CONCURRENTLY, in a revision with --@ transaction: none");
            }
        }
    }
}
