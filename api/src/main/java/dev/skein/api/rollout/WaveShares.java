// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.Wave;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Which databases each wave of a rollout takes. Pure. */
final class WaveShares {
    private WaveShares() {}

    /**
     * Splits them, in their order.
     *
     * @throws SkeinException if some are in no wave
     */
    static List<Wave> split(RolloutSpec spec, List<Member> members) {
        var left = new ArrayList<>(members);
        var waves = new ArrayList<Wave>();
        for (var wave : spec.waves()) {
            var taken = take(wave.take(), left, members.size());
            left.removeAll(new HashSet<>(taken));
            waves.add(new Wave(wave.name(), taken));
        }
        if (!left.isEmpty()) {
            throw SkeinException.usage(
                    "Rollout " + spec.id(),
                    left.size() + " of " + members.size() + " databases are in no wave",
                    "Let the last wave take all");
        }
        return waves;
    }

    private static List<Member> take(TargetShare share, List<Member> left, int all) {
        if (share.kind() != TargetShare.Kind.PER_SITE) {
            return List.copyOf(left.subList(0, Math.min(left.size(), share.taken(all))));
        }
        var perSite = new HashMap<String, Integer>();
        var taken = new ArrayList<Member>();
        for (var member : left) {
            if (perSite.merge(member.site(), 1, Integer::sum) <= (int) share.number()) {
                taken.add(member);
            }
        }
        return taken;
    }
}
