// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.PlannedDatabases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I4: no wave begins before the one ahead of it is through, and has been watched. */
final class WaveCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;

    WaveCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        var released = new HashMap<String, Map<Integer, Long>>();
        evidence.streams().forEach(stream -> released.put(stream.id(), released(stream)));
        for (var tenant : evidence.tenants()) {
            for (var entry : tenant.journal()) {
                var rollout = entry.says().rollout();
                if (rollout == null) {
                    continue;
                }
                int wave = waveOf(tenant.uid(), evidence.plans().get(rollout));
                var since = released.getOrDefault(rollout, Map.of()).get(wave);
                if (since == null || since > entry.at()) {
                    broken.add(
                            "I4: entry %d of %s is older than the release of wave %d of %s"
                                    .formatted(entry.says().seq(), tenant.name(), wave, rollout));
                }
            }
        }
    }

    private static int waveOf(String uid, @Nullable PlannedDatabases plan) {
        if (plan == null) {
            return -1;
        }
        for (int wave = 0; wave < plan.waves().size(); wave++) {
            if (plan.waves().get(wave).stream().anyMatch(m -> m.uid().equals(uid))) {
                return wave;
            }
        }
        return -1;
    }

    private Map<Integer, Long> released(MemoryRows.Stream stream) {
        var released = new HashMap<Integer, Long>();
        var drained = new HashMap<Integer, Long>();
        List<Long> soaks = List.of();
        for (var event : stream.events()) {
            switch (event.event()) {
                case RolloutEvent.Created e ->
                        soaks = e.spec().waves().stream().map(w -> w.soak().toMillis()).toList();
                case RolloutEvent.WaveReleased e -> released.put(e.wave(), event.at());
                case RolloutEvent.WaveDrained e -> drained.put(e.wave(), event.at());
                case RolloutEvent.WavePassed e -> {
                    var since = drained.get(e.wave());
                    if (since == null || event.at() < since + soaks.get(e.wave())) {
                        broken.add(
                                "I4: wave %d of %s was not watched for as long as was agreed"
                                        .formatted(e.wave(), stream.id()));
                    }
                }
                default -> {}
            }
        }
        return released;
    }
}
