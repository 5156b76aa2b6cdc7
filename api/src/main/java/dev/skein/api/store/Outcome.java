// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import org.jspecify.annotations.Nullable;

/**
 * How a directive ended on one database.
 *
 * @param rollout absent where only the directive's row knows it
 */
public record Outcome(
        String uid,
        @Nullable String rollout,
        long generation,
        End end,
        @Nullable String signature,
        @Nullable String message,
        @Nullable Long millis) {

    /** The ends. */
    public enum End {
        SUCCEEDED("succeeded"),
        FAILED("failed"),
        /** Left alone, for a reason that somebody has to decide on; no failure of the wave's. */
        SET_ASIDE("aside"),
        /** Stopped as asked: it waits again. */
        HELD("pending");

        private final String state;

        End(String state) {
            this.state = state;
        }

        String state() {
            return state;
        }
    }

    /**
     * Of two the one that counts: an end over a hold, else the higher generation, else the later.
     */
    static Outcome weightier(Outcome a, Outcome b) {
        if ((a.end == End.HELD) != (b.end == End.HELD)) {
            return a.end == End.HELD ? b : a;
        }
        return b.generation >= a.generation ? b : a;
    }

    Outcome of(String known) {
        return new Outcome(uid, known, generation, end, signature, message, millis);
    }
}
