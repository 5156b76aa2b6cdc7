// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.api.rollout.RolloutAction.Abort;
import dev.skein.api.rollout.RolloutAction.Doubt;
import dev.skein.api.rollout.RolloutAction.Pause;
import dev.skein.api.rollout.RolloutAction.Skip;
import dev.skein.engine.SkeinException;
import java.util.List;

/** What may be asked of a rollout in several of its states. Pure. */
final class RolloutSteering {
    private RolloutSteering() {}

    static <T extends Rollout> T need(Rollout state, Class<T> type, String verb) {
        if (type.isInstance(state)) {
            return type.cast(state);
        }
        throw SkeinException.failed(
                "Rollout", "it cannot " + verb + ": it is " + state.status(), "");
    }

    /** Where only a site's silence stopped it, a person keeps it from going on by itself. */
    static List<RolloutEvent> pause(Pause pause, Rollout state) {
        if (!(state instanceof Rollout.Stopped stopped) || stopped.silent() == null) {
            need(state, Rollout.Active.class, "pause");
        }
        return List.of(new RolloutEvent.Paused(pause.by(), pause.reason()));
    }

    static List<RolloutEvent> skip(Skip skip, Rollout state) {
        if (state instanceof Rollout.Absent || state instanceof Rollout.Proposed) {
            throw SkeinException.failed(
                    "Rollout",
                    "it skips nothing: it is " + state.status(),
                    "Propose another one that leaves those databases out");
        }
        return List.of(new RolloutEvent.Skipped(skip.by(), skip.reason(), skip.databases()));
    }

    /** What is doubted is said once, and whoever lets it go on has read it. */
    static List<RolloutEvent> doubt(Doubt doubt, Rollout state) {
        return switch (state) {
            case Rollout.Active active ->
                    List.of(new RolloutEvent.Halted(active.wave(), doubt.reason()));
            case Rollout.Stopped stopped -> stopped.doubt(doubt);
            case Rollout.Ended ended when ended.has(doubt) -> List.of();
            case Rollout.Ended ended -> List.of(new RolloutEvent.Doubted(doubt.reason()));
            case Rollout.Absent s -> List.of();
            case Rollout.Proposed s -> List.of();
        };
    }

    static List<RolloutEvent> abort(Abort abort, Rollout state) {
        if (state instanceof Rollout.Absent || state instanceof Rollout.Ended) {
            throw SkeinException.failed("Rollout", "it cannot abort: it is " + state.status(), "");
        }
        return List.of(new RolloutEvent.Aborted(abort.by(), abort.reason()));
    }
}
