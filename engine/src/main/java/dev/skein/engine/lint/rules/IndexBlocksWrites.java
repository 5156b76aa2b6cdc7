// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** An index that is built while nobody can write. */
final class IndexBlocksWrites extends Base {
    IndexBlocksWrites() {
        super("SK101", "index-not-concurrent", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {

        for (var index : effect.made(Kind.INDEX)) {
            var table = index.id().relation();
            var parts = effect.known(Kind.TABLE, table).has("partition key"); // a rule of its own
            if (!parts && effect.isInUse(table) && effect.holds("ShareLock").contains(table)) {
                found.tell(
                        "building "
                                + index.id().name()
                                + " keeps everybody from writing to "
                                + table,
                        "CREATE INDEX CONCURRENTLY, in a revision with --@ transaction: none");
            }
        }
    }
}
