// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.engine.testing.TestDatabase;
import java.util.List;

/** A log whose first part is small, so that a test comes to its end. */
public final class SmallParts {
    private SmallParts() {}

    /** Ends the first part, of which there must be no other, below an index. */
    public static void cut(TestDatabase database, long below) {
        for (var table : List.of("entry", "body", "facet")) {
            database.run(
                    "ALTER TABLE %1$s DETACH PARTITION %1$s_0; ALTER TABLE %1$s ATTACH PARTITION %1$s_0 FOR VALUES FROM (0) TO (%2$d)"
                            .formatted(table, below));
        }
        database.run("UPDATE entry_part SET below = " + below);
    }
}
