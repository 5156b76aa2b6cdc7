// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.Proof;
import dev.skein.api.rollout.RolloutCommand;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlanner;
import dev.skein.api.rollout.Spec;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.script.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** What people ask of rollouts. Each call is one transaction; then the conductor is woken. */
@ApplicationScoped
public class RolloutCommands {
    /** Fired after a commit: this rollout may have something to do. */
    public record Changed(String rollout) {}

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final BundleStore bundles;
    private final EvidenceStore evidence;
    private final FleetStore fleet;
    private final RolloutUnit unit;
    private final Event<Changed> changed;

    public RolloutCommands(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            BundleStore bundles,
            EvidenceStore evidence,
            FleetStore fleet,
            RolloutUnit unit,
            Event<Changed> changed) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.bundles = bundles;
        this.evidence = evidence;
        this.fleet = fleet;
        this.unit = unit;
        this.changed = changed;
    }

    /** Plans and proposes a rollout. */
    public void create(Spec asked, String author) {
        db.run(tx -> {
            var bundle = bundles.find(tx, asked.bundle());
            var spec =
                    new Spec(
                            asked.id(),
                            bundle.digest(),
                            asked.to(),
                            asked.select(),
                            asked.proof(),
                            asked.waves());
            var locked = rollouts.lock(tx, spec.id());
            if (locked.head().version() > 0) {
                throw SkeinException.failed(
                        "Rollout " + spec.id(),
                        "there is one with this name",
                        "Choose another name");
            }
            var plan = RolloutPlanner.plan(spec, bundle.scripts().graph(), fleet.all(tx));
            refuseUnproven(tx, spec, plan, bundle);
            unit.apply(tx, locked, new RolloutCommand.Create(spec, plan, author), author);
        });
    }

    /** A rollout may ask that the way back of all that it runs was tried. */
    private void refuseUnproven(Db.Tx tx, Spec spec, RolloutPlan plan, Bundle bundle) {
        var proof = spec.proof();
        if (proof == null || proof == Proof.NONE) {
            return;
        }
        var scripts = new LinkedHashMap<String, Script>();
        for (var cohort : plan.cohorts()) {
            cohort.path().forEach(id -> scripts.put(id, bundle.scripts().get(id)));
        }
        var sums = scripts.values().stream().map(Script::checksum).toList();
        var grades = evidence.grades(tx, sums);
        var unproven = new ArrayList<String>();
        scripts.forEach((id, script) -> {
            var grade = grades.get(script.checksum());
            if (grade == null) {
                unproven.add(id + " (not rehearsed as it is)");
            } else if (!proof.isMetBy(grade)) {
                unproven.add(id + " (" + grade.words() + ")");
            }
        });
        if (!unproven.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + spec.id(),
                    "it asks for evidence that is not there: " + String.join(", ", unproven),
                    "skein rehearse --json > evidence.json; skein push --evidence evidence.json");
        }
    }

    /** Carries out a command on a rollout that is there. */
    public void on(String id, RolloutCommand command, String actor) {
        db.run(tx -> {
            var locked = rollouts.lock(tx, id);
            if (locked.head().version() == 0) {
                throw SkeinException.failed(
                        "Rollout " + id, "there is none", "See: skein rollout list");
            }
            if (command instanceof RolloutCommand.Approve) {
                refuseBusy(tx, id);
            }
            unit.apply(tx, locked, command, actor);
        });
        changed.fire(new Changed(id));
    }

    private void refuseBusy(Db.Tx tx, String id) {
        var others = directives.others(tx, id);
        if (!others.isEmpty()) {
            throw SkeinException.failed(
                    "Rollout " + id,
                    "some of its databases belong to "
                            + String.join(", ", others)
                            + ", which is not finished",
                    "Finish or abort that one first");
        }
    }
}
