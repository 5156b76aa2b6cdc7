// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.rollout.Proof;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutCommand;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlanner;
import dev.skein.api.rollout.Share;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

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
    private final ApiConfig config;

    public RolloutCommands(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            BundleStore bundles,
            EvidenceStore evidence,
            FleetStore fleet,
            RolloutUnit unit,
            Event<Changed> changed,
            ApiConfig config) {
        this.config = config;
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
                            asked.waves(),
                            null);
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

    /** A rollback that is asked for. */
    public record Rollback(Spec.Undo undo, int parallel) {}

    /** What it would take to take a rollout back, as the fleet is now. */
    public RolloutPlan rollbackPlan(Rollback asked) {
        return db.call(tx -> undoing(tx, asked, "?").plan());
    }

    /**
     * Takes a rollout back. One that stands still is ended first; one that runs is refused.
     *
     * @return the name of the rollback, which is a rollout itself
     */
    public String rollback(Rollback asked, String actor) {
        var id =
                db.call(tx -> {
                    var of = asked.undo().rollout();
                    var locked = rollouts.lock(tx, of);
                    if (locked.state() instanceof Rollout.Stopped) {
                        var reason = "it is rolled back: " + asked.undo().reason();
                        unit.apply(tx, locked, new RolloutCommand.Abort(actor, reason), actor);
                    }
                    var fresh = freeName(tx, of + "-rollback");
                    var undo =
                            undoing(tx, asked, fresh.head().stream().replaceFirst("^rollout/", ""));
                    var alone = undo.plan().databases() <= config.rollbackAlone();
                    unit.apply(
                            tx,
                            fresh,
                            new RolloutCommand.Undo(undo.spec(), undo.plan(), actor, alone),
                            actor);
                    if (alone) {
                        refuseBusy(tx, undo.spec().id());
                    }
                    return undo.spec().id();
                });
        changed.fire(new Changed(id));
        return id;
    }

    private RolloutStore.Locked freeName(Db.Tx tx, String wanted) {
        for (int n = 1; ; n++) {
            var locked = rollouts.lock(tx, n == 1 ? wanted : wanted + "-" + n);
            if (locked.head().version() == 0) {
                return locked;
            }
        }
    }

    private record Undoing(Spec spec, RolloutPlan plan) {}

    private Undoing undoing(Db.Tx tx, Rollback asked, String name) {
        var undo = asked.undo();
        var state = rollouts.lock(tx, undo.rollout()).state();
        if (state instanceof Rollout.Absent || state instanceof Rollout.Proposed) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "there is nothing to take back: it is " + state.status(),
                    "See: skein rollout list");
        }
        if (state instanceof Rollout.Active) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "it is " + state.status(),
                    "Stop it first: skein rollout pause " + undo.rollout());
        }
        var of = RolloutUnit.order(state);
        if (of.takesBack()) {
            throw SkeinException.failed(
                    "Rollout " + undo.rollout(),
                    "it is a rollback itself",
                    "Roll the revisions out again instead");
        }
        var scripts = bundles.find(tx, of.bundle()).scripts();
        var spec = rollbackSpec(asked, name, of.bundle());
        var sums = scripts.all().stream().map(Script::checksum).toList();
        return new Undoing(
                spec,
                RollbackPlanner.plan(
                        spec,
                        undo,
                        scripts,
                        rollouts.touched(tx, undo),
                        fleet.all(tx),
                        evidence.grades(tx, sums)));
    }

    private static Spec rollbackSpec(Rollback asked, String name, String bundle) {
        var wave =
                new Spec.WaveSpec(
                        "rollback", Share.ALL, Duration.ZERO, Share.parse("0"), asked.parallel());
        var before = "before " + asked.undo().rollout();
        return new Spec(name, bundle, before, "", null, List.of(wave), asked.undo());
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
