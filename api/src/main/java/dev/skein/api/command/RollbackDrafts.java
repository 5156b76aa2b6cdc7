// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plans rollbacks from what the stores know now. */
final class RollbackDrafts {
    private final RolloutStore rollouts;
    private final BundleStore bundles;
    private final BackupStore backups;
    private final FleetStore fleet;
    private final SiteSilence silence;
    private final EvidenceCheck proofs;

    RollbackDrafts(
            RolloutStore rollouts,
            BundleStore bundles,
            BackupStore backups,
            FleetStore fleet,
            SiteSilence silence,
            EvidenceCheck proofs) {
        this.rollouts = rollouts;
        this.bundles = bundles;
        this.backups = backups;
        this.fleet = fleet;
        this.silence = silence;
        this.proofs = proofs;
    }

    /**
     * Plans it.
     *
     * @param name of the rollback
     * @param rows where the plan's databases are handed on to
     * @throws SkeinException if there is nothing that can be taken back, or not now
     */
    RollbackDraft draw(Db.Tx tx, Rollbacks.Asked asked, String name, PlanRows rows) {
        var undo = asked.undo();
        var of = RolloutUnit.order(standing(tx, undo.rollout()));
        if (of.takesBack()) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "it is a rollback itself",
                    "Roll the revisions out again instead");
        }
        var scripts = bundles.find(tx, of.bundle()).scripts();
        var spec = spec(asked, name, of.bundle());
        var known =
                new RollbackPlanner.Known(
                        proofs.bySum(tx, scripts), Set.copyOf(silence.sites(tx).orElse(List.of())));
        var planner = new RollbackPlanner(spec, undo, scripts, known, rows);
        rollouts.touched(tx, undo, some -> planner.place(some, found(tx, undo.rollout(), some)));
        return new RollbackDraft(spec, planner.plan(), planner.extent(), known);
    }

    private RollbackPlanner.Found found(
            Db.Tx tx, String rollout, List<RollbackPlanner.Touched> some) {
        var uids = some.stream().map(RollbackPlanner.Touched::uid).toList();
        return new RollbackPlanner.Found(
                fleet.of(tx, uids),
                backups.before(tx, rollout, uids),
                rollouts.restored(tx, rollout, uids));
    }

    private Rollout standing(Db.Tx tx, String rollout) {
        var state = rollouts.lock(tx, rollout).state();
        if (state instanceof Rollout.Absent || state instanceof Rollout.Proposed) {
            throw SkeinException.failed(
                    "Rollout " + rollout,
                    "there is nothing to take back: it is " + state.status(),
                    "See: skein rollout list");
        }
        if (state instanceof Rollout.Active) {
            throw SkeinException.failed(
                    "Rollout " + rollout,
                    "it is " + state.status(),
                    "Stop it first: skein rollout pause " + rollout);
        }
        return state;
    }

    private static RolloutSpec spec(Rollbacks.Asked asked, String name, String bundle) {
        var wave =
                new RolloutSpec.WaveSpec(
                        "rollback",
                        TargetShare.ALL,
                        Duration.ZERO,
                        TargetShare.parse("0"),
                        asked.parallel());
        var before = "before " + asked.undo().rollout();
        return new RolloutSpec(name, bundle, before, "", null, null, List.of(wave), asked.undo());
    }
}
