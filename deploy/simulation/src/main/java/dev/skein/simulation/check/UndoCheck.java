// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.Member;
import dev.skein.api.rollout.Spec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I8: what is taken back is what was asked for, and no more than the rollout had done there. */
final class UndoCheck {
    private final Evidence evidence;
    private final List<String> broken;

    UndoCheck(Evidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        for (var stream : evidence.streams()) {
            if (stream.events().getFirst().event() instanceof RolloutEvent.Created created
                    && created.spec().undo() != null) {
                check(stream.id(), created.spec().undo());
            }
        }
    }

    private void check(String rollback, Spec.Undo undo) {
        var meant = meant(undo);
        for (var member : members(plan(rollback))) {
            var path = meant.get(member.uid());
            if (path == null || !path.containsAll(member.path())) {
                broken.add(
                        "I8: %s takes %s back on %s, and asked for was %s"
                                .formatted(rollback, member.path(), member.name(), undo));
            }
        }
    }

    private Map<String, List<String>> meant(Spec.Undo undo) {
        var meant = new HashMap<String, List<String>>();
        for (var wave : plan(undo.rollout()).waves()) {
            for (var member : wave.members()) {
                if ((undo.wave() == null || undo.wave().equals(wave.name()))
                        && (undo.database() == null || undo.database().equals(member.uid()))) {
                    meant.put(member.uid(), member.path());
                }
            }
        }
        return meant;
    }

    private RolloutPlan plan(String id) {
        var plan = evidence.plans().get(id);
        return plan == null ? new RolloutPlan(List.of(), List.of(), List.of(), null) : plan;
    }

    private static List<Member> members(RolloutPlan plan) {
        return plan.waves().stream().flatMap(wave -> wave.members().stream()).toList();
    }
}
