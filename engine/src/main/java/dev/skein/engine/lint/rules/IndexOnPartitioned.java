// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** An index that is built on every partition at once. */
final class IndexOnPartitioned extends Base {
    IndexOnPartitioned() {
        super("SK106", "index-on-partitioned", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var index : effect.made(Kind.INDEX)) {
            var table = effect.known(Kind.TABLE, index.id().relation());
            var whole = !index.has("validity") && !Said.in(effect, "ON", "ONLY");
            var blocks = effect.holds("ShareLock").contains(table.id().name());
            if (table.has("partition key")
                    && effect.isInUse(table.id().name())
                    && whole
                    && blocks) {
                found.tell(
                        "nobody can write to any partition of "
                                + table.id().name()
                                + " until all of "
                                + index.id().name()
                                + " is built",
                        "CREATE INDEX CONCURRENTLY, in a revision with --@ transaction: none: each"
                                + " partition's is built by itself then");
            }
        }
    }
}
