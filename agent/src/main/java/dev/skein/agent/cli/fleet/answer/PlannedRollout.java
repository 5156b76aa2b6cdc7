// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/** Who gets what, in which wave. */
public record PlannedRollout(
        List<Wave> waves, List<Cohort> cohorts, List<String> notes, List<Aside> setAside) {
    /** What an answer without a plan has. */
    static final PlannedRollout NONE =
            new PlannedRollout(List.of(), List.of(), List.of(), List.of());

    /** A wave's databases. */
    public record Wave(String name, List<Member> members) {}

    /** A database in a wave. */
    public record Member(String site, String name) {}

    /** Databases that are alike, and the way that each of them goes. */
    public record Cohort(
            List<String> heads,
            String fingerprint,
            List<String> path,
            int databases,
            boolean restored) {}

    /** A database that stays as it is. */
    public record Aside(String site, String name, String reason) {}
}
