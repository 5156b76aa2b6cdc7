// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlanner;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotThere;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people ask of rollouts. Each call is one transaction; then the conductor is woken. */
@ApplicationScoped
public class RolloutCommands {
    /** Fired after a commit: this rollout may have something to do. */
    public record Changed(String rollout) {}

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final BundleStore bundles;
    private final FleetStore fleet;
    private final EvidenceCheck proofs;
    private final AgentInquiries inquiries;
    private final RolloutUnit unit;
    private final Event<Changed> changed;
    private final TargetNames names;
    private final ApprovalGrounds grounds;
    private final PlanningTurns turns;

    public RolloutCommands(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            BundleStore bundles,
            FleetStore fleet,
            EvidenceCheck proofs,
            AgentInquiries inquiries,
            RolloutUnit unit,
            PlanningTurns turns,
            Event<Changed> changed) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.bundles = bundles;
        this.fleet = fleet;
        this.proofs = proofs;
        this.inquiries = inquiries;
        this.unit = unit;
        this.turns = turns;
        this.changed = changed;
        this.names = new TargetNames(directives);
        this.grounds = new ApprovalGrounds(rollouts, bundles, proofs);
    }

    /** Plans and proposes a rollout, and has its ways back rehearsed. */
    public void create(RolloutSpec asked, String author) {
        turns.run("Rollout " + asked.id(), () -> db.run(tx -> create(tx, asked, author)));
        changed.fire(new Changed(asked.id()));
    }

    private void create(Db.Tx tx, RolloutSpec asked, String author) {
        var bundle = bundles.find(tx, asked.bundle());
        var spec = withDigest(asked, bundle.digest());
        var locked = rollouts.lock(tx, spec.id());
        if (locked.head().version() > 0) {
            throw SkeinException.failed(
                    "Rollout " + spec.id(), "there is one with this name", "Choose another name");
        }
        var scripts = bundle.scripts();
        var rows = rollouts.rows(tx, spec.id());
        var planner = new RolloutPlanner(spec, scripts.graph(), fleet.saves(tx), rows);
        var plan = plan(tx, spec, planner);
        var known = proofs.known(tx, scripts, plan.revisions());
        proofs.require(spec, plan.revisions(), known, true);
        unit.apply(tx, locked, new RolloutAction.Create(spec, plan, author), author);
        inquiries.rehearse(tx, spec.id(), spec.bundle(), planner.ways());
    }

    private RolloutPlan plan(Db.Tx tx, RolloutSpec spec, RolloutPlanner planner) {
        var selector = fleet.selector(tx, spec.select());
        if (planner.needsCount()) {
            fleet.kinds(tx, selector, planner::expect);
        }
        fleet.selected(tx, selector, some -> some.forEach(planner::place));
        return planner.plan(fleet.count(tx));
    }

    /** The same, of exactly the bundle that was found. */
    private static RolloutSpec withDigest(RolloutSpec asked, String digest) {
        return new RolloutSpec(
                asked.id(),
                digest,
                asked.to(),
                asked.select(),
                asked.proof(),
                asked.backup(),
                asked.waves(),
                null);
    }

    /** Carries out a command on a rollout that is there. */
    public void on(String id, RolloutAction command, String actor) {
        db.run(tx -> {
            var locked = lockKnown(tx, id);
            check(tx, id, command, locked.state());
            unit.apply(tx, locked, command, actor);
        });
        changed.fire(new Changed(id));
    }

    private RolloutStore.Locked lockKnown(Db.Tx tx, String id) {
        var locked = rollouts.lock(tx, id);
        if (locked.head().version() == 0) {
            throw new NotThere("Rollout " + id, "See: skein rollout list");
        }
        return locked;
    }

    /** What has to be so, beside the rollout's own state, for what begins work anew. */
    private void check(Db.Tx tx, String id, RolloutAction command, Rollout state) {
        if (command instanceof RolloutAction.Approve) {
            refuseBusy(tx, directives, id, null);
            if (state instanceof Rollout.Proposed proposed) {
                grounds.weigh(tx, proposed);
            }
        }
        if (command instanceof RolloutAction.Resume resume
                && state instanceof Rollout.Stopped stopped
                && resume.retriesAside(stopped)) {
            refuseBusy(tx, directives, id, stopped.was().wave());
        }
    }

    /**
     * Gives databases of a rollout up.
     *
     * @param named them by uid, name, site/name or site/server/name
     */
    public void skip(String id, List<String> named, String reason, String actor) {
        db.run(tx -> {
            var locked = lockKnown(tx, id);
            if (named.isEmpty()) {
                throw SkeinException.usage(
                        "Rollout " + id, "no database is named", "Name at least one");
            }
            rollouts.tallies(tx, id);
            var over = locked.state() instanceof Rollout.Ended;
            var uids =
                    named.stream()
                            .map(name -> names.awaited(tx, id, name, over))
                            .distinct()
                            .sorted()
                            .toList();
            unit.apply(tx, locked, new RolloutAction.Skip(actor, reason, uids), actor);
        });
        changed.fire(new Changed(id));
    }

    /** Whoever set a database aside lets go of it: another rollout may have taken it up since. */
    static void refuseBusy(
            Db.Tx tx, DirectiveStore directives, String id, @Nullable Integer asideOf) {
        var others = directives.others(tx, id, asideOf);
        if (!others.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + id,
                    "some of its databases belong to "
                            + String.join(", ", others)
                            + ", which is not finished",
                    asideOf == null
                            ? "Finish or abort that one first"
                            : "Finish or abort that one first, or go on without what was set"
                                    + " aside: skein rollout resume "
                                    + id
                                    + " --no-set-aside");
        }
    }
}
