// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.simulation.control.GivenCommand.Heard;
import dev.skein.simulation.store.MemoryRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I7: what was acknowledged has happened once; what was not, at most once. */
final class CommandCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;

    CommandCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        var effects = effects();
        for (var asked : evidence.asked()) {
            if (asked.what().startsWith("Doubt")) {
                continue; // under nobody's name
            }
            int times = effects.getOrDefault(asked.by(), 0);
            boolean right =
                    switch (asked.heard()) {
                        case Heard.DONE -> times == 1 && asked.isRight();
                        case Heard.REFUSED -> times == 0;
                        case Heard.NOTHING -> times <= (asked.isRight() ? 1 : 0);
                    };
            if (!right) {
                broken.add("I7: %s has %d effects".formatted(asked, times));
            }
        }
    }

    private Map<String, Integer> effects() {
        var effects = new HashMap<String, Integer>();
        for (var stream : evidence.streams()) {
            for (var event : stream.events()) {
                var by =
                        switch (event.event()) {
                            case RolloutEvent.Created e -> e.author();
                            case RolloutEvent.Approved e -> approved(stream, e);
                            case RolloutEvent.Paused e -> e.by();
                            case RolloutEvent.Resumed e -> e.by();
                            case RolloutEvent.Skipped e -> e.by();
                            case RolloutEvent.Aborted e -> aborted(e);
                            default -> "";
                        };
                effects.merge(by, 1, Integer::sum);
            }
        }
        return effects;
    }

    /** Who takes little back approves that, too. */
    private static String approved(MemoryRows.Stream stream, RolloutEvent.Approved event) {
        var first = stream.events().getFirst().event();
        var alone = first instanceof RolloutEvent.Created c && c.author().equals(event.by());
        return alone ? "" : event.by();
    }

    /** A rollback ends what it takes back, which is a part of it. */
    private static String aborted(RolloutEvent.Aborted event) {
        return event.reason().startsWith("it is rolled back") ? "" : event.by();
    }
}
