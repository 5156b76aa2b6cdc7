// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import java.util.List;

/** What is wanted of a database. */
public sealed interface Goal {
    /** Apply what a target needs. */
    record Upgrade(String target) implements Goal {}

    /** Take back what stands above a target. */
    record Downgrade(String target) implements Goal {}

    /**
     * Take back certain revisions and nothing else.
     *
     * @param ids those of them that are applied; refused where others were built on them since
     */
    record TakeBack(List<String> ids) implements Goal {
        public TakeBack {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Write heads without running SQL.
     *
     * @param purge forget the present heads first, even unknown ones
     */
    record Stamp(List<String> targets, boolean purge) implements Goal {
        public Stamp {
            targets = List.copyOf(targets);
        }

        /** What to type for the stamp that leaves these heads. */
        public static String command(List<String> heads) {
            return "skein stamp " + (heads.isEmpty() ? "base" : String.join(" ", heads));
        }
    }
}
