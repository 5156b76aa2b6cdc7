// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.store.MemoryRows;
import java.util.List;

/**
 * I10: when all is quiet, each part knows what the others do; and what was said to be held has
 * stood still, unless it was not there then to be fenced.
 */
final class QuietCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;

    QuietCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        known();
        sent();
        long lost = evidence.wire().passedOver();
        if (lost != 0) {
            broken.add("I10: %d records were read and had no effect".formatted(lost));
        }
        evidence.holds().forEach(this::stoodStill);
    }

    private void known() {
        for (var tenant : evidence.tenants()) {
            long known = evidence.known().getOrDefault(tenant.uid(), 0L);
            long least = isLost(tenant) ? tenant.published() : tenant.seq();
            if (known < least || known > tenant.seq()) {
                broken.add(
                        "I10: %s is at entry %d, and is known to be at %d"
                                .formatted(tenant.name(), tenant.seq(), known));
            }
        }
    }

    /** Of one that nobody can read any more, what was sent before that is known. */
    private boolean isLost(SimulatedTenant tenant) {
        return evidence.lost().contains(tenant.uid());
    }

    private void sent() {
        for (var directive : evidence.wire().decided()) {
            long decided = directive.content() == null ? 0 : directive.generation();
            long newest = evidence.wire().newest().getOrDefault(directive.uid(), 0L);
            if (!directive.published()) {
                broken.add(
                        "I10: generation %d of %s is still to be sent"
                                .formatted(directive.generation(), directive.uid()));
            }
            if (decided != newest) {
                broken.add(
                        "I10: the topic has generation %d of %s, and decided was %d"
                                .formatted(newest, directive.uid(), decided));
            }
        }
    }

    private void stoodStill(MemoryRows.Held held) {
        for (var tenant : evidence.tenants()) {
            if (!tenant.uid().equals(held.uid()) || tenant.wasHeldUnseen(held.generation())) {
                continue;
            }
            for (var entry : tenant.journal()) {
                var generation = entry.says().generation();
                if (generation != null
                        && generation < held.generation()
                        && entry.at() > held.at()) {
                    broken.add(
                            "I6: %s was held by %d, and %d has worked on it since"
                                    .formatted(tenant.name(), held.generation(), generation));
                }
            }
        }
    }
}
