// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import java.util.List;

/**
 * Who gets what, in which wave.
 *
 * @param cohortsInAll how many there are; listed are the largest
 * @param setAsideInAll how many databases are left alone; listed are the most frequent reasons
 */
public record PlannedRollout(
        List<Wave> waves,
        List<Cohort> cohorts,
        int cohortsInAll,
        List<String> notes,
        List<Aside> setAside,
        int setAsideInAll) {
    /** What an answer without a plan has. */
    static final PlannedRollout NONE =
            new PlannedRollout(List.of(), List.of(), 0, List.of(), List.of(), 0);

    /** How many cohorts are not listed. */
    public int otherCohorts() {
        return Math.max(0, cohortsInAll - cohorts.size());
    }

    /** How many databases are left alone for reasons that are not listed. */
    public int setAsideOtherwise() {
        return Math.max(0, setAsideInAll - setAside.stream().mapToInt(Aside::databases).sum());
    }

    /**
     * A wave.
     *
     * @param examples its first databases, as site/name
     * @param members all of them; from control planes of the version before, instead
     */
    public record Wave(String name, int databases, List<String> examples, List<Member> members) {
        public Wave {
            if (databases == 0) {
                databases = members.size();
                examples = members.stream().map(m -> m.site() + "/" + m.name()).toList();
            }
        }
    }

    /** A database in a wave. */
    public record Member(String site, String name) {}

    /** Databases that are alike, and the way that each of them goes. */
    public record Cohort(
            List<String> heads,
            String fingerprint,
            List<String> path,
            int databases,
            boolean restored) {}

    /**
     * Why databases stay as they are.
     *
     * @param examples some of them, as site/name
     * @param site and
     * @param name of a single one; from control planes of the version before, instead
     */
    public record Aside(
            String reason, int databases, List<String> examples, String site, String name) {
        public Aside {
            if (databases == 0) {
                databases = 1;
                examples = List.of(site + "/" + name);
            }
        }
    }
}
