// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.engine.journal.EntryKind;
import dev.skein.simulation.site.SimulatedTenant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** I1 and I6: what a journal says was done once, and by one at a time. */
final class JournalCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;

    JournalCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        evidence.tenants().forEach(this::checkEffects);
        evidence.tenants().forEach(this::checkGenerations);
        evidence.tenants().forEach(tenant -> broken.addAll(tenant.broken()));
    }

    private void checkEffects(SimulatedTenant tenant) {
        var applied = applied(tenant);
        if (!applied.equals(tenant.effects())) {
            broken.add(
                    "I1: the journal of %s says %s, and its schema %s"
                            .formatted(tenant.name(), applied, tenant.effects()));
        }
        long heads = applied.values().stream().filter(times -> times == 1).count();
        if (heads > 0 == tenant.heads().isEmpty()) {
            broken.add("I1: %s is at %s with %s".formatted(tenant.name(), tenant.heads(), applied));
        }
    }

    private Map<String, Integer> applied(SimulatedTenant tenant) {
        var applied = new TreeMap<String, Integer>();
        for (var entry : tenant.journal()) {
            var revision = String.valueOf(entry.says().revision());
            int by = effect(entry.says().kind());
            if (by != 0) {
                int now = applied.merge(revision, by, Integer::sum);
                if (now < 0 || now > 1) {
                    broken.add("I1: %s has %s %d times".formatted(tenant.name(), revision, now));
                }
            }
        }
        return applied;
    }

    private static int effect(EntryKind kind) {
        return switch (kind) {
            case EntryKind.APPLIED -> 1;
            case EntryKind.REVERTED -> -1;
            default -> 0;
        };
    }

    private void checkGenerations(SimulatedTenant tenant) {
        long epoch = 0;
        long accepted = 0;
        for (var entry : tenant.journal()) {
            var generation = entry.says().generation();
            if (entry.epoch() < epoch || (generation != null && generation < accepted)) {
                broken.add(
                        "I6: entry %d of %s is of %s, after %d"
                                .formatted(
                                        entry.says().seq(), tenant.name(), generation, accepted));
            }
            epoch = Math.max(epoch, entry.epoch());
            accepted = Math.max(accepted, generation == null ? 0 : generation);
        }
    }
}
