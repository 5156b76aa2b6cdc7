// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Reason;
import dev.skein.api.rollout.RolloutPlan.Wave;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Databases that have something in common: how many, and the first ones as examples. */
final class PlanGroup {
    private static final int SHOWN = 100;
    private static final int EXAMPLES = 5;
    private static final int WAVE_EXAMPLES = 6;
    private static final int LONGEST = 300;

    private final String says;
    private final int most;
    private final List<String> examples = new ArrayList<>();
    private int number;

    private PlanGroup(String says, int most) {
        this.says = says;
        this.most = most;
    }

    /** Those of a wave. */
    static PlanGroup ofWave(String name) {
        return new PlanGroup(name, WAVE_EXAMPLES);
    }

    /** Those that are set aside for a reason. */
    static PlanGroup ofReason(String reason) {
        return new PlanGroup(cut(reason), EXAMPLES);
    }

    /** A text, as long as it is shown. */
    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    String says() {
        return says;
    }

    int number() {
        return number;
    }

    void add(String site, String name) {
        if (number++ < most) {
            examples.add(site + "/" + name);
        }
    }

    Wave wave() {
        return new Wave(says, number, examples);
    }

    private Reason reason() {
        return new Reason(says, number, examples);
    }

    /** The largest of some, for their reasons. */
    static List<Reason> largest(Collection<PlanGroup> groups) {
        return groups.stream()
                .sorted(Comparator.comparingInt(group -> -group.number))
                .limit(SHOWN)
                .map(PlanGroup::reason)
                .toList();
    }
}
