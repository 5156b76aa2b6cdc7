// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Databases that are not as their journals left them, and differ alike.
 *
 * @param number how many they are
 * @param databases some of them, or all
 */
public record DriftCohort(
        String cohort,
        long number,
        List<String> states,
        String firstSeen,
        String lastSeen,
        List<Finding> databases,
        Differences differences) {
    private static final Differences UNKNOWN = new Differences(false, List.of(), List.of());

    public DriftCohort {
        differences = Objects.requireNonNullElse(differences, UNKNOWN);
    }

    /**
     * One of them.
     *
     * @param fineAt when it was last seen as it was left; empty where it never was
     * @param endedBy who decided on it
     * @param reason why it is over; empty where it is not, or nobody said
     */
    public record Finding(
            String uid,
            String site,
            String name,
            String observed,
            String state,
            String fineAt,
            String firstSeen,
            String lastSeen,
            String endedBy,
            String reason) {}

    /**
     * What they differ in.
     *
     * @param known false where a catalog has not come yet
     * @param fix the statements that lead back to what is expected
     */
    public record Differences(boolean known, List<Change> changes, List<String> fix) {}

    /**
     * What became of something.
     *
     * @param attributes what it was and is, by what changed
     */
    public record Change(
            String kind, String name, String change, Map<String, List<String>> attributes) {
        /** What a value was, and what it is; empty where nobody says. */
        public static String value(List<String> both, int index) {
            return both.size() > index ? Objects.toString(both.get(index), "") : "";
        }

        /** As a sentence. */
        public String inWords() {
            return kind + " " + name + " was " + change;
        }
    }

    /** The names of its databases, each with its site. */
    public List<String> names() {
        return databases.stream().map(d -> d.site() + "/" + d.name()).toList();
    }
}
