// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import java.util.ArrayList;
import java.util.List;

/**
 * A plan in the form that replicas of the version before read, in which the databases were: without
 * them. Such a replica shows the cohorts, says that it cannot tell the databases, and lets the plan
 * be approved by its hash, which it compares and does not compute. It takes the databases from the
 * same rows.
 */
public record EarlierPlan(
        List<Wave> waves,
        List<RolloutPlan.Cohort> cohorts,
        List<RolloutPlan.SetAside> setAside,
        List<String> notes) {
    private static final String NOT_HERE =
            "the databases of its waves, and those set aside, are shown by newer replicas of the"
                    + " control plane only: ask again";

    public EarlierPlan {
        waves = List.copyOf(waves);
        cohorts = List.copyOf(cohorts);
        setAside = List.copyOf(setAside);
        notes = List.copyOf(notes);
    }

    /** A wave without its databases. */
    public record Wave(String name, List<RolloutPlan.Member> members) {
        public Wave {
            members = List.copyOf(members);
        }
    }

    /** The same plan in that form. */
    public static EarlierPlan of(RolloutPlan plan) {
        var notes = new ArrayList<>(plan.notes() == null ? List.of() : plan.notes());
        notes.add(NOT_HERE);
        return new EarlierPlan(
                plan.waves().stream().map(wave -> new Wave(wave.name(), List.of())).toList(),
                plan.cohorts(),
                List.of(),
                notes);
    }
}
