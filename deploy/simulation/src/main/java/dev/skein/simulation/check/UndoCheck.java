// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.Spec;
import dev.skein.engine.journal.EntryKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * I8: what is taken back is what was asked for: on each of its databases where the rollout has done
 * something, and no more than it had done there.
 */
final class UndoCheck {
    private final Evidence evidence;
    private final List<String> broken;

    UndoCheck(Evidence evidence, List<String> broken) {
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

    private void check(String rollback, Spec.Undo undo, long at) {
        var plan = plan(rollback);
        var meant = meant(undo);
        var done = done(undo.rollout(), at);
        for (var member : members(plan)) {
            var path = done.getOrDefault(member.uid(), Set.of());
            if (!meant.contains(member.uid()) || !path.containsAll(member.path())) {
                broken.add(
                        "I8: %s takes %s back on %s, done was %s, and asked for was %s"
                                .formatted(rollback, member.path(), member.name(), path, undo));
            }
        }
        meant.retainAll(done.keySet());
        members(plan).forEach(member -> meant.remove(member.uid()));
        plan.setAside().forEach(one -> meant.remove(one.uid()));
        if (!meant.isEmpty()) {
            broken.add(
                    "I8: %s says nothing of %s, and asked for was %s"
                            .formatted(rollback, meant, undo));
        }
    }

    private Set<String> meant(Spec.Undo undo) {
        var meant = new TreeSet<String>();
        for (var wave : plan(undo.rollout()).waves()) {
            for (var member : wave.members()) {
                if ((undo.wave() == null || undo.wave().equals(wave.name()))
                        && (undo.database() == null || undo.database().equals(member.uid()))) {
                    meant.add(member.uid());
                }
            }
        }
        return meant;
    }

    /** What a rollout had applied until then, by database, whatever became of it since. */
    private Map<String, Set<String>> done(String rollout, long until) {
        var done = new HashMap<String, Set<String>>();
        for (var tenant : evidence.tenants()) {
            for (var entry : tenant.journal()) {
                if (entry.says().kind() == EntryKind.APPLIED
                        && rollout.equals(entry.says().rollout())
                        && entry.at() <= until) {
                    done.computeIfAbsent(tenant.uid(), uid -> new TreeSet<>())
                            .add(String.valueOf(entry.says().revision()));
                }
            }
        }
        return done;
    }

    private RolloutPlan plan(String id) {
        var plan = evidence.plans().get(id);
        return plan == null ? new RolloutPlan(List.of(), List.of(), List.of(), null) : plan;
    }

    private static List<Member> members(RolloutPlan plan) {
        return plan.waves().stream().flatMap(wave -> wave.members().stream()).toList();
    }
}
