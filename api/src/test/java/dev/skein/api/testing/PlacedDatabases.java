// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.rollout.PlanDigest;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The databases of a plan, kept as they are handed on. */
public final class PlacedDatabases implements PlanRows {
    private final List<List<Member>> waves = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private boolean ended;

    @Override
    public void member(int wave, int place, Member member) {
        while (waves.size() <= wave) {
            waves.add(new ArrayList<>());
        }
        waves.get(wave).add(member);
        if (waves.get(wave).size() != place) {
            throw new IllegalStateException(member + " is not at place " + place);
        }
    }

    @Override
    public void aside(int place, SetAside aside) {
        setAside.add(aside);
        if (setAside.size() != place) {
            throw new IllegalStateException(aside + " is not at place " + place);
        }
    }

    @Override
    public void end() {
        ended = true;
    }

    /** Whether it was said that no more come. */
    public boolean isEnded() {
        return ended;
    }

    public List<Member> wave(int number) {
        return List.copyOf(waves.get(number));
    }

    public List<Member> members() {
        return waves.stream().flatMap(Collection::stream).toList();
    }

    public List<SetAside> setAside() {
        return List.copyOf(setAside);
    }

    /** What a plan of these is known by. */
    public String digest(int ofWaves) {
        var digest = new PlanDigest(ofWaves);
        for (int wave = 0; wave < waves.size(); wave++) {
            for (var member : waves.get(wave)) {
                digest.member(wave, member);
            }
        }
        setAside.forEach(digest::aside);
        return digest.hex();
    }
}
