// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import java.util.Set;

/** Where rehearsals start from. */
public interface RehearsalOrigin {
    /** A new database as it is at the start; the caller closes it. */
    ScratchDatabase fresh();

    /** Every revision that is applied there. */
    Set<String> applied();

    /** Whether it holds rows to compare. */
    boolean hasRows();

    /** Nothing at all. */
    static RehearsalOrigin empty(ScratchServer server) {
        return new RehearsalOrigin() {
            @Override
            public ScratchDatabase fresh() {
                return server.database();
            }

            @Override
            public Set<String> applied() {
                return Set.of();
            }

            @Override
            public boolean hasRows() {
                return false;
            }
        };
    }

    /** A database with rows, of which copies are made. */
    static RehearsalOrigin of(ScratchDatabase filled, Set<String> applied) {
        return of(filled, applied, true);
    }

    /**
     * A database of which copies are made.
     *
     * @param applied every revision that is applied there
     * @param hasRows whether it has rows to compare
     */
    static RehearsalOrigin of(ScratchDatabase filled, Set<String> applied, boolean hasRows) {
        return new RehearsalOrigin() {
            @Override
            public ScratchDatabase fresh() {
                return RevisionReplay.copy(filled);
            }

            @Override
            public Set<String> applied() {
                return applied;
            }

            @Override
            public boolean hasRows() {
                return hasRows;
            }
        };
    }
}
