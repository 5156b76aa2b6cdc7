// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.simulation.store.MemoryRows;
import java.time.Duration;
import java.util.List;

/** Silence: nothing halts for a site of which an agent was awake all the while, and said so. */
final class SilenceCheck {
    private static final long LONGEST_SILENCE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final HistoryEvidence evidence;
    private final List<String> broken;

    SilenceCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        for (var stream : evidence.streams()) {
            stream.events().forEach(event -> check(stream.id(), event));
        }
    }

    private void check(String rollout, MemoryRows.Event event) {
        if (!(event.event() instanceof RolloutEvent.Halted halted) || halted.silent() == null) {
            return;
        }
        for (var agent : evidence.agents()) {
            if (agent.site().equals(halted.silent())
                    && agent.process().wasAwake(event.at() - LONGEST_SILENCE_MILLIS, event.at())) {
                broken.add(
                        "Silence: %s halted at %d for %s, and %s was awake"
                                .formatted(
                                        rollout,
                                        event.at(),
                                        halted.silent(),
                                        agent.process().name()));
            }
        }
    }
}
