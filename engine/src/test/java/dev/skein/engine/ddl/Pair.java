// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.Resources;
import java.util.ArrayList;
import java.util.List;

/** A schema, and the statements that somebody changed it with. */
record Pair(String name, String before, String change) {
    static List<Pair> all() {
        var pairs = new ArrayList<Pair>();
        for (var block : Resources.text(Pair.class, "pairs.sql").split("-- pair: ")) {
            if (!block.isBlank()) {
                int end = block.indexOf('\n');
                var halves = block.substring(end + 1).split("-- becomes\n", 2);
                pairs.add(new Pair(block.substring(0, end), halves[0].strip(), halves[1].strip()));
            }
        }
        return pairs;
    }

    @Override
    public String toString() {
        return name;
    }
}
