// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;
import java.util.Map;

/**
 * The fleet at a glance.
 *
 * @param byHeads how many databases are at which heads
 * @param discord what is wrong with the sites' agents, in words
 * @param rollouts how many there are in which status
 * @param stopped since when nothing is decided; empty while all is well
 */
public record FleetStatus(
        long databases,
        Map<String, Long> byHeads,
        List<Problem> problems,
        List<Agent> agents,
        List<String> discord,
        Map<String, Long> rollouts,
        List<Stall> stalled,
        String stopped) {

    /**
     * Databases of one server with one problem.
     *
     * @param examples some of them
     * @param notSeenSince since when none of them is there; empty where some are
     */
    public record Problem(
            String problem,
            String site,
            String server,
            int databases,
            List<String> examples,
            String notSeenSince) {}

    /**
     * An agent.
     *
     * @param started since when its process runs; empty where it does not tell
     * @param refused how many records it could not take since then
     * @param refusedLast which was the last one, and why
     */
    public record Agent(
            String id,
            String site,
            int databases,
            int running,
            String started,
            String seen,
            boolean alive,
            long refused,
            String refusedLast) {}

    /** That nothing moves any more in a rollout. */
    public record Stall(String rollout, String since, long seconds, String reason) {}
}
