// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutPlan.SetAside;

/** Where the databases of a plan go as they are placed: nobody holds all of them. */
public interface PlanRows {
    /** Nowhere: the plan is only looked at. */
    PlanRows NOWHERE =
            new PlanRows() {
                @Override
                public void member(int wave, int place, Member member) {}

                @Override
                public void aside(int place, SetAside aside) {}

                @Override
                public void end() {}
            };

    /**
     * One that is in a wave.
     *
     * @param place in the wave, from 1
     */
    void member(int wave, int place, Member member);

    /**
     * One that is set aside.
     *
     * @param place among those, from 1
     */
    void aside(int place, SetAside aside);

    /** No more come. */
    void end();
}
