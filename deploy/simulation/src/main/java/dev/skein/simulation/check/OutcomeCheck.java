// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.engine.journal.EntryKind;
import dev.skein.simulation.site.SimulatedJournal;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.store.MemoryRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** I4: a wave is passed with all of its outcomes, and each is one of the journal's. */
final class OutcomeCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;
    private final Map<String, SimulatedTenant> tenants = new HashMap<>();

    OutcomeCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
        evidence.tenants().forEach(tenant -> tenants.put(tenant.uid(), tenant));
    }

    void check() {
        var passed = passed();
        for (var target : evidence.targets()) {
            if (target.state().equals("succeeded")) {
                succeeded(target, passed.get(target.rollout() + " " + target.wave()));
            }
        }
        for (var failure : evidence.failures()) {
            var why = failure.signature();
            if (why != null && why.startsWith("42601")) {
                failed(failure);
            }
        }
    }

    private Map<String, Long> passed() {
        var passed = new HashMap<String, Long>();
        for (var stream : evidence.streams()) {
            for (var event : stream.events()) {
                if (event.event() instanceof RolloutEvent.WavePassed wave) {
                    passed.put(stream.id() + " " + wave.wave(), event.at());
                }
            }
        }
        return passed;
    }

    private List<SimulatedJournal.Written> ends(MemoryRows.Target target, EntryKind kind) {
        return Objects.requireNonNull(tenants.get(target.uid())).journal().stream()
                .filter(entry -> entry.says().kind() == kind)
                .filter(entry -> target.rollout().equals(entry.says().rollout()))
                .toList();
    }

    private void succeeded(MemoryRows.Target target, @Nullable Long passed) {
        var ends = ends(target, EntryKind.OBSERVED);
        if (ends.isEmpty()) {
            broken.add("I4: %s has succeeded, and its journal does not say so".formatted(target));
        } else if (passed != null && ends.getFirst().at() > passed) {
            broken.add("I4: its wave was passed before %s had succeeded".formatted(target));
        }
    }

    private void failed(MemoryRows.Target target) {
        var generation = target.generation();
        var own =
                ends(target, EntryKind.FAILED).stream()
                        .map(entry -> entry.says().generation())
                        .anyMatch(g -> g != null && generation != null && g >= generation - 1);
        if (!own) {
            broken.add("I4: %s has failed as an earlier directive did".formatted(target));
        }
    }
}
