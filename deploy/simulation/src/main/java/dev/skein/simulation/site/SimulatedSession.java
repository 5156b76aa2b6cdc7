// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import org.jspecify.annotations.Nullable;

/** A connection that has, or wants, the lock of a database. */
final class SimulatedSession {
    private final @Nullable Long generation;
    private long fenced;
    private boolean ended;

    SimulatedSession(@Nullable Long generation) {
        this.generation = generation;
    }

    @Nullable Long generation() {
        return generation;
    }

    boolean isOlderThan(long other) {
        return generation != null && generation < other;
    }

    /** The epoch in which it was let in. */
    long fenced() {
        return fenced;
    }

    void letIn(long epoch) {
        fenced = epoch;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}
