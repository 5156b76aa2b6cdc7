// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.PlanDigest;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import java.util.Collection;
import java.util.List;

/**
 * A rollout's plan with its databases, as they became rows.
 *
 * @param waves the databases of each wave, in the order they are taken
 * @param setAside what the rollout leaves alone
 */
public record PlannedDatabases(
        RolloutPlan plan, List<List<Member>> waves, List<SetAside> setAside) {
    public PlannedDatabases {
        waves = List.copyOf(waves);
        setAside = List.copyOf(setAside);
    }

    /** The databases of all waves. */
    public List<Member> members() {
        return waves.stream().flatMap(Collection::stream).toList();
    }

    /** Whether they are those that the plan binds. */
    public boolean areThoseOfThePlan() {
        var digest = new PlanDigest(waves.size());
        for (int wave = 0; wave < waves.size(); wave++) {
            for (var member : waves.get(wave)) {
                digest.member(wave, member);
            }
        }
        setAside.forEach(digest::aside);
        return digest.hex().equals(plan.digest());
    }
}
