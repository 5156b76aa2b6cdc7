// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import dev.skein.agent.cli.fleet.answer.FleetStatus.Stall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout with its waves and failures.
 *
 * @param reason why it is as it is; empty where nobody said
 * @param stalled that nothing moves any more; null where something does
 */
public record RolloutDetail(
        String id,
        String status,
        String reason,
        List<Wave> waves,
        List<Failure> failures,
        List<Aside> setAside,
        @Nullable Stall stalled,
        List<Doing> doing) {
    /** How far a wave is. */
    public record Wave(String name, int planned, int open, int succeeded, int failed, int aside) {}

    /** Failures that share a signature. */
    public record Failure(String signature, int databases, String message, List<String> examples) {}

    /** Databases that were set aside for one reason. */
    public record Aside(String reason, int databases, List<String> examples) {}

    /**
     * What agents are at.
     *
     * @param troubled whether it goes on only when something changes
     */
    public record Doing(
            String doing, boolean troubled, int databases, long seconds, List<String> examples) {}
}
