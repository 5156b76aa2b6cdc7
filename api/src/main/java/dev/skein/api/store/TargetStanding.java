// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a target of a rollout stands, and what counts for it. An outcome counts if its generation
 * is the target's, or the one before a hold that crossed it on the way. A target that is to be
 * tried again has no generation: nothing said before can count for it. Pure.
 */
public record TargetStanding(String state, @Nullable Long generation) {
    /** Whether an outcome of it becomes its state. */
    public boolean counts(DirectiveOutcome outcome) {
        var own = generation;
        if (own == null) {
            return false;
        }
        return switch (state) {
            case "open" ->
                    outcome.generation() >= own && outcome.end() != DirectiveOutcome.End.HELD;
            case "holding" -> outcome.generation() >= own - 1;
            case "pending" ->
                    outcome.generation() >= own - 1 && outcome.end() != DirectiveOutcome.End.HELD;
            default -> false;
        };
    }
}
