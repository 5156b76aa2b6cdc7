// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a directive ended on one database.
 *
 * @param rollout absent where only the directive's row knows it
 */
public record DirectiveOutcome(
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

        /** The target's state after it. */
        public String state() {
            return state;
        }
    }

    /**
     * Of two the one that counts: an end over a hold, else the higher generation, else the later.
     */
    private static DirectiveOutcome weightier(DirectiveOutcome a, DirectiveOutcome b) {
        if ((a.end == End.HELD) != (b.end == End.HELD)) {
            return a.end == End.HELD ? b : a;
        }
        return b.generation >= a.generation ? b : a;
    }

    /**
     * The one that counts of each target.
     *
     * @param rollouts by uid, of those outcomes that do not say theirs
     */
    public static List<DirectiveOutcome> weightiest(
            List<DirectiveOutcome> outcomes, Map<String, String> rollouts) {
        var last = new HashMap<String, DirectiveOutcome>();
        for (var outcome : outcomes) {
            var id = outcome.rollout() == null ? rollouts.get(outcome.uid()) : outcome.rollout();
            if (id != null) {
                var known = outcome.of(id);
                last.merge(known.target(), known, DirectiveOutcome::weightier);
            }
        }
        return new ArrayList<>(last.values());
    }

    /** Which target of which rollout it is of. */
    public String target() {
        return rollout + " " + uid;
    }

    private DirectiveOutcome of(String known) {
        return new DirectiveOutcome(uid, known, generation, end, signature, message, millis);
    }
}
