// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.PlannedDatabases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** I8: what ran is what somebody else had approved, and after that. */
final class ApprovalCheck {
    private final HistoryEvidence evidence;
    private final List<String> broken;

    /** An approval, and since when it is one. */
    private record Approval(PlannedDatabases plan, long since) {}

    ApprovalCheck(HistoryEvidence evidence, List<String> broken) {
        this.evidence = evidence;
        this.broken = broken;
    }

    void check() {
        var approvals = new HashMap<String, Approval>();
        evidence.streams().forEach(stream -> approval(stream, approvals));
        evidence.tenants().forEach(tenant -> steps(tenant, approvals));
    }

    private void approval(MemoryRows.Stream stream, Map<String, Approval> approvals) {
        RolloutEvent.Created created = null;
        String right = null;
        for (var event : stream.events()) {
            if (event.event() instanceof RolloutEvent.Created e) {
                created = e;
            }
            if (event.event() instanceof RolloutEvent.Approved e && created != null) {
                var plan = Objects.requireNonNull(evidence.plans().get(stream.id()));
                var alone = created.spec().undo() != null;
                right = right == null ? plan.plan().hash(created.spec()) : right;
                if (!right.equals(created.planHash()) || !right.equals(e.planHash())) {
                    broken.add("I8: %s was approved as another plan".formatted(stream.id()));
                } else if (!plan.areThoseOfThePlan()) {
                    broken.add("I8: %s has other databases than its plan".formatted(stream.id()));
                } else if (created.author().equals(e.by()) && !alone) {
                    broken.add("I8: %s was approved by its author".formatted(stream.id()));
                } else {
                    approvals.put(stream.id(), new Approval(plan, event.at()));
                }
            }
        }
    }

    private void steps(SimulatedTenant tenant, Map<String, Approval> approvals) {
        for (var entry : tenant.journal()) {
            var revision = entry.says().revision();
            var rollout = entry.says().rollout();
            if (revision == null || rollout == null) {
                continue;
            }
            var approval = approvals.get(rollout);
            if (approval == null || approval.since() > entry.at()) {
                broken.add("I8: nobody approved %s on %s".formatted(rollout, tenant.name()));
            } else if (!path(approval.plan(), tenant.uid()).contains(revision)) {
                broken.add(
                        "I8: %s on %s is not in the plan of %s"
                                .formatted(revision, tenant.name(), rollout));
            }
        }
    }

    private static List<String> path(PlannedDatabases plan, String uid) {
        return plan.members().stream()
                .filter(member -> member.uid().equals(uid))
                .findFirst()
                .map(RolloutPlan.Member::path)
                .orElse(List.of());
    }
}
