// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A rollout's plan with what is known, by now, of the ways back.
 *
 * @param backup what is saved before the first step; empty for nothing
 * @param ways what rehearsals showed, by revision
 * @param unknown revisions that were not rehearsed
 * @param rehearsing how many rehearsals have no answer yet
 * @param problems why agents could not rehearse
 */
public record ShownPlan(
        String hash,
        PlannedRollout plan,
        String backup,
        Map<String, Way> ways,
        List<String> unknown,
        int rehearsing,
        List<String> problems) {
    public ShownPlan {
        plan = Objects.requireNonNullElse(plan, PlannedRollout.NONE);
    }

    /**
     * What a rehearsal showed.
     *
     * @param found what was wrong; empty for nothing
     */
    public record Way(String grade, String found) {}
}
