// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a run on one database ended. A tenant's failure is a value, not an exception. */
public sealed interface Outcome {
    /**
     * The goal is reached.
     *
     * @param path the revisions that this run walked; empty where it was there already
     * @param fingerprint what the run left; absent where nothing was done, or where it could not be
     *     read: the next run notes it
     */
    record Done(List<String> path, List<String> heads, @Nullable Fingerprint fingerprint)
            implements Outcome {
        public Done {
            path = List.copyOf(path);
            heads = List.copyOf(heads);
        }
    }

    /** A step failed and was rolled back; the journal has its entry. */
    record Failed(MigrationFailed error, List<String> heads) implements Outcome {
        public Failed {
            heads = List.copyOf(heads);
        }
    }

    /** The run stopped between two steps because it was asked to. */
    record Held(List<String> path, List<String> heads) implements Outcome {
        public Held {
            path = List.copyOf(path);
            heads = List.copyOf(heads);
        }
    }

    /** An earlier run for the same generation ended, well or not; its entry says how. */
    record Answered(List<String> heads) implements Outcome {
        public Answered {
            heads = List.copyOf(heads);
        }
    }

    /** Another run holds the database; nothing was started. */
    record Occupied(SkeinException reason) implements Outcome {}

    /** A higher generation was accepted before. */
    record Superseded(long accepted) implements Outcome {}

    /** Nothing was started, or nothing more: the database or the order does not allow it. */
    record Refused(SkeinException reason) implements Outcome {}

    /** The database is not reachable, or the connection broke; only the journal knows the rest. */
    record Lost(SkeinException reason) implements Outcome {}
}
