// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.BundleStore;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes rollouts back: by another rollout, with a plan of its own. */
@ApplicationScoped
public class Rollbacks {
    private static final int SHORTEST = 12;

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final BundleStore bundles;
    private final BackupStore backups;
    private final FleetStore fleet;
    private final SiteSilence silence;
    private final EvidenceCheck proofs;
    private final RollbackForecasts forecasts;
    private final RolloutUnit unit;
    private final Event<RolloutCommands.Changed> changed;
    private final ApiConfig config;

    public Rollbacks(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            BundleStore bundles,
            BackupStore backups,
            FleetStore fleet,
            SiteSilence silence,
            EvidenceCheck proofs,
            RollbackForecasts forecasts,
            RolloutUnit unit,
            Event<RolloutCommands.Changed> changed,
            ApiConfig config) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.bundles = bundles;
        this.backups = backups;
        this.fleet = fleet;
        this.silence = silence;
        this.proofs = proofs;
        this.forecasts = forecasts;
        this.unit = unit;
        this.changed = changed;
        this.config = config;
    }

    /**
     * A rollback that is asked for.
     *
     * @param seen the plan that was looked at; another one is refused. Null for whichever it is
     */
    public record Asked(RolloutSpec.Undo undo, int parallel, @Nullable String seen) {}

    /**
     * What it would take to take a rollout back, as the fleet is now, and what would be lost.
     *
     * @param seen what the plan is known by to whoever wants exactly this one
     */
    public record View(RolloutPlan plan, RollbackForecasts.Forecast forecast, String seen) {
        /** Whether it is known that nothing is lost. */
        public boolean isHarmless() {
            return forecast.unknown().isEmpty()
                    && forecast.losses().isEmpty()
                    && forecast.answered() >= forecast.concerned();
        }
    }

    /** What a plan that somebody has looked at is known by. */
    private static String seen(RolloutPlan plan) {
        return Digests.hex(Digests.sha256(Json.bytes(plan)));
    }

    /** Whether a hash, or the beginning of it that is printed, is a plan's. */
    private static boolean isSeen(String hash, RolloutPlan plan) {
        return hash.length() >= SHORTEST && seen(plan).startsWith(hash);
    }

    private record Undoing(RolloutSpec spec, RolloutPlan plan, RollbackPlanner.Known known) {
        /** Databases that it would go to, were no site silent. */
        long concerned() {
            return plan.databases()
                    + plan.setAside().stream()
                            .filter(one -> one.reason().equals(RollbackPlanner.silence(one.site())))
                            .count();
        }
    }

    /**
     * Computes it now.
     *
     * @param ask whether agents get some seconds to count what would be lost
     */
    public View plan(Asked asked, boolean ask) throws InterruptedException {
        var undoing = db.call(tx -> undoing(tx, asked, "?"));
        var scripts = db.call(tx -> bundles.find(tx, undoing.spec().bundle())).scripts();
        return new View(
                undoing.plan(),
                forecasts.of(asked, undoing.plan(), scripts, undoing.known().ways(), ask),
                seen(undoing.plan()));
    }

    /**
     * Takes a rollout back. One that stands still is ended first; one that runs is refused.
     *
     * @return the name of the rollback, which is a rollout itself
     */
    public String start(Asked asked, String actor) {
        var id = db.call(tx -> start(tx, asked, actor));
        changed.fire(new RolloutCommands.Changed(id));
        return id;
    }

    private String start(Db.Tx tx, Asked asked, String actor) {
        var of = asked.undo().rollout();
        var locked = rollouts.lock(tx, of);
        if (locked.state() instanceof Rollout.Stopped) {
            var reason = "it is rolled back: " + asked.undo().reason();
            unit.apply(tx, locked, new RolloutAction.Abort(actor, reason), actor);
        }
        var fresh = freeName(tx, of + "-rollback");
        var undo = undoing(tx, asked, fresh.head().stream().replaceFirst("^rollout/", ""));
        if (asked.seen() != null && !isSeen(asked.seen(), undo.plan())) {
            throw SkeinException.failed(
                    "Rollback of " + of,
                    "its plan is another one by now than the one that was shown",
                    "Look at it again");
        }
        long alike = undo.concerned() + rollouts.takenBackAlone(tx, of);
        var alone = alike <= config.rollbackAlone();
        unit.apply(
                tx, fresh, new RolloutAction.Undo(undo.spec(), undo.plan(), actor, alone), actor);
        if (alone) {
            RolloutCommands.refuseBusy(tx, directives, undo.spec().id(), null);
        }
        return undo.spec().id();
    }

    private RolloutStore.Locked freeName(Db.Tx tx, String wanted) {
        for (int n = 1; ; n++) {
            var locked = rollouts.lock(tx, n == 1 ? wanted : wanted + "-" + n);
            if (locked.head().version() == 0) {
                return locked;
            }
        }
    }

    private Undoing undoing(Db.Tx tx, Asked asked, String name) {
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
        Map<String, String> saved = new LinkedHashMap<>();
        backups.before(tx, undo.rollout()).forEach((uid, kept) -> saved.put(uid, kept.sha256()));
        var known =
                new RollbackPlanner.Known(
                        proofs.bySum(tx, scripts),
                        saved,
                        Set.copyOf(silence.sites(tx).orElse(List.of())),
                        Set.copyOf(rollouts.restored(tx, undo.rollout())));
        var plan =
                RollbackPlanner.plan(
                        spec, undo, scripts, rollouts.touched(tx, undo), fleet.all(tx), known);
        return new Undoing(spec, plan, known);
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

    private static RolloutSpec spec(Asked asked, String name, String bundle) {
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
