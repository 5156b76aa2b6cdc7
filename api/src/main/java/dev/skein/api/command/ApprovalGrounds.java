// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.util.LinkedHashSet;

/** What an approval is given on. */
final class ApprovalGrounds {
    private final RolloutStore rollouts;
    private final BundleStore bundles;
    private final EvidenceCheck proofs;

    ApprovalGrounds(RolloutStore rollouts, BundleStore bundles, EvidenceCheck proofs) {
        this.rollouts = rollouts;
        this.bundles = bundles;
        this.proofs = proofs;
    }

    /**
     * Weighs what is known of the revisions by then.
     *
     * @throws SkeinException if that is too little
     */
    void weigh(Db.Tx tx, Rollout.Proposed proposed) {
        var spec = proposed.terms().spec();
        if (spec.undo() != null) {
            refuseRestored(tx, spec.id());
            return; // it goes back; what is known of that is in its plan
        }
        var ids = new LinkedHashSet<String>();
        rollouts.paths(tx, spec.id()).forEach(ids::addAll);
        var known = proofs.known(tx, bundles.find(tx, spec.bundle()).scripts(), ids);
        proofs.require(spec, ids, known, false);
        rollouts.additive(tx, spec.id(), EvidenceCheck.additive(known));
    }

    /**
     * Nothing is restored over what was written since another restore that its plan did not know.
     */
    private void refuseRestored(Db.Tx tx, String id) {
        var meanwhile = rollouts.restoredMeanwhile(tx, id);
        if (!meanwhile.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + id,
                    meanwhile.size()
                            + " of its databases were restored by another one since it was planned",
                    "Abort it, and ask for the rollback again");
        }
    }
}
