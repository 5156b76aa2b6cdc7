// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.engine.journal.EntryKind;
import dev.skein.simulation.site.SimulatedJournal;
import dev.skein.simulation.store.PlannedDatabases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * I8: what is taken back is what was asked for. On each of its databases these are exactly the
 * revisions that the rollout was to bring and that were applied there at some moment before; and
 * none is left out where the rollout has done something.
 */
final class UndoCheck {
    private static final PlannedDatabases NONE =
            new PlannedDatabases(
                    new RolloutPlan(List.of(), List.of(), 0, List.of(), 0, List.of(), null, null),
                    List.of(),
                    List.of());

    private final HistoryEvidence evidence;
    private final List<String> broken;

    UndoCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        for (var stream : evidence.streams()) {
            var first = stream.events().getFirst();
            if (first.event() instanceof RolloutEvent.Created created
                    && created.spec().undo() != null) {
                check(stream.id(), created.spec().undo(), first.at());
            }
        }
    }

    private void check(String rollback, RolloutSpec.Undo undo, long at) {
        var plan = plan(rollback);
        var meant = meant(undo);
        checkTaken(rollback, undo, meant, plan, at);
        checkLeft(rollback, undo, meant.keySet(), plan, at);
    }

    private void checkTaken(
            String rollback,
            RolloutSpec.Undo undo,
            Map<String, List<String>> meant,
            PlannedDatabases plan,
            long at) {
        for (var member : plan.members()) {
            var path = meant.get(member.uid());
            if (path == null || !wereApplied(member, path, at)) {
                broken.add(
                        "I8: %s takes %s back on %s, and asked for was %s"
                                .formatted(rollback, member.path(), member.name(), undo));
            }
        }
    }

    private void checkLeft(
            String rollback,
            RolloutSpec.Undo undo,
            Set<String> meant,
            PlannedDatabases plan,
            long at) {
        var left = new TreeSet<>(meant);
        plan.members().forEach(member -> left.remove(member.uid()));
        plan.setAside().forEach(one -> left.remove(one.uid()));
        left.removeIf(uid -> !hasApplied(undo.rollout(), uid, at));
        if (!left.isEmpty()) {
            broken.add(
                    "I8: %s says nothing of %s, and asked for was %s"
                            .formatted(rollback, left, undo));
        }
    }

    /** What was to be done, by database, as far as it is to be taken back. */
    private Map<String, List<String>> meant(RolloutSpec.Undo undo) {
        var meant = new HashMap<String, List<String>>();
        var of = plan(undo.rollout());
        for (int wave = 0; wave < of.waves().size(); wave++) {
            var name = of.plan().waves().get(wave).name();
            for (var member : of.waves().get(wave)) {
                if ((undo.wave() == null || undo.wave().equals(name))
                        && (undo.database() == null || undo.database().equals(member.uid()))) {
                    meant.put(member.uid(), member.path());
                }
            }
        }
        return meant;
    }

    /** Whether there was a moment at which just these of a path were applied. */
    private boolean wereApplied(Member member, List<String> path, long until) {
        var applied = new TreeSet<String>();
        for (var entry : entries(member.uid(), until)) {
            var revision = String.valueOf(entry.says().revision());
            if (path.contains(revision) && entry.says().kind() == EntryKind.APPLIED) {
                applied.add(revision);
            } else if (entry.says().kind() == EntryKind.REVERTED) {
                applied.remove(revision);
            }
            if (applied.equals(Set.copyOf(member.path()))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasApplied(String rollout, String uid, long until) {
        return entries(uid, until).stream()
                .map(SimulatedJournal.Written::says)
                .anyMatch(s -> s.kind() == EntryKind.APPLIED && rollout.equals(s.rollout()));
    }

    private List<SimulatedJournal.Written> entries(String uid, long until) {
        return evidence.tenants().stream()
                .filter(tenant -> tenant.uid().equals(uid))
                .flatMap(tenant -> tenant.journal().stream())
                .filter(entry -> entry.at() <= until)
                .toList();
    }

    private PlannedDatabases plan(String id) {
        var plan = evidence.plans().get(id);
        return plan == null ? NONE : plan;
    }
}
