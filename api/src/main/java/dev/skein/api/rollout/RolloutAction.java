// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a rollout, by a person or by the conductor. */
public sealed interface RolloutAction {
    /** Ask for a rollout with this plan. */
    record Create(RolloutSpec spec, RolloutPlan plan, String author) implements RolloutAction {}

    /** Take another rollout back; few databases need nobody else's approval. */
    record Undo(RolloutSpec spec, RolloutPlan plan, String by, boolean alone)
            implements RolloutAction {}

    /** Agree to a plan. */
    record Approve(String by, String planHash) implements RolloutAction {}

    /** Stop for now. */
    record Pause(String by, String reason) implements RolloutAction {}

    /**
     * Go on.
     *
     * @param setAside whether databases of the wave that were set aside are tried again; null for
     *     after a halt only, as those that failed are
     */
    record Resume(String by, String reason, @Nullable Boolean setAside) implements RolloutAction {
        /** Whether they are tried again where it stands still like this. */
        public boolean retriesAside(Rollout.Stopped stopped) {
            return setAside == null ? stopped.isHalted() : setAside;
        }
    }

    /** Stop for good. */
    record Abort(String by, String reason) implements RolloutAction {}

    /** The conductor: the agents of a site are silent while it has open directives. */
    record Silence(String site) implements RolloutAction {}

    /** The conductor: the agents of a site are heard of again. */
    record Heard(String site) implements RolloutAction {}

    /** Give databases up, by their uids, whatever becomes of them. */
    record Skip(String by, String reason, List<String> databases) implements RolloutAction {
        public Skip {
            databases = List.copyOf(databases);
        }
    }

    /** Something was found out that nobody should go on with. */
    record Doubt(String reason) implements RolloutAction {}

    /** The conductor: look at the running wave's count and the clock. */
    record Advance(WaveTally tally, Instant now) implements RolloutAction {}
}
