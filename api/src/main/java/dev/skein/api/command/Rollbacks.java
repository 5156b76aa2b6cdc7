// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
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
import org.jspecify.annotations.Nullable;

/** Takes rollouts back: by another rollout, with a plan of its own. */
@ApplicationScoped
public class Rollbacks {
    private static final int SHORTEST = 12;

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final BundleStore bundles;
    private final RollbackDrafts drafts;
    private final RollbackForecasts forecasts;
    private final RolloutUnit unit;
    private final Event<RolloutCommands.Changed> changed;
    private final ApiConfig config;
    private final PlanningTurns turns;

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
            PlanningTurns turns,
            Event<RolloutCommands.Changed> changed,
            ApiConfig config) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.bundles = bundles;
        this.drafts = new RollbackDrafts(rollouts, bundles, backups, fleet, silence, proofs);
        this.forecasts = forecasts;
        this.unit = unit;
        this.turns = turns;
        this.changed = changed;
        this.config = config;
    }

    /**
     * A rollback that is asked for.
     *
     * @param parallel databases at a time, as many as a rollout's wave may have at most
     * @param seen the plan that was looked at; another one is refused. Null for whichever it is
     */
    public record Asked(RolloutSpec.Undo undo, int parallel, @Nullable String seen) {
        public Asked {
            if (parallel < 1 || parallel > RolloutSpec.WaveSpec.MOST_PARALLEL) {
                throw SkeinException.usage(
                        "Rollback of " + undo.rollout(),
                        "'" + parallel + "' databases at a time",
                        "Write 1 to " + RolloutSpec.WaveSpec.MOST_PARALLEL);
            }
        }
    }

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

    /**
     * Computes it now.
     *
     * @param ask whether agents get some seconds to count what would be lost
     */
    public View plan(Asked asked, boolean ask) throws InterruptedException {
        var draft =
                turns.look(
                        subject(asked),
                        () -> db.call(tx -> drafts.draw(tx, asked, "?", PlanRows.NOWHERE)));
        var scripts = db.call(tx -> bundles.find(tx, draft.spec().bundle())).scripts();
        return new View(draft.plan(), forecasts.of(asked, draft, scripts, ask), seen(draft.plan()));
    }

    private static String subject(Asked asked) {
        return "Rollback of " + asked.undo().rollout();
    }

    /**
     * Takes a rollout back. One that stands still is ended first; one that runs is refused.
     *
     * @return the name of the rollback, which is a rollout itself
     */
    public String start(Asked asked, String actor) {
        var id = turns.call(subject(asked), () -> db.call(tx -> start(tx, asked, actor)));
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
        var name = RolloutStore.idOf(fresh.head().stream()).orElseThrow();
        var draft = drafts.draw(tx, asked, name, rollouts.rows(tx, name));
        refuseUnseen(asked, draft.plan());
        int alike = draft.extent().concerned() + rollouts.takenBackAlone(tx, of);
        var alone = alike <= config.rollbackAlone();
        var undo = new RolloutAction.Undo(draft.spec(), draft.plan(), actor, alone);
        unit.apply(tx, fresh, undo, actor);
        if (alone) {
            RolloutCommands.refuseBusy(tx, directives, draft.spec().id(), null);
        }
        return draft.spec().id();
    }

    private static void refuseUnseen(Asked asked, RolloutPlan plan) {
        if (asked.seen() != null && !isSeen(asked.seen(), plan)) {
            throw SkeinException.failed(
                    subject(asked),
                    "its plan is another one by now than the one that was shown",
                    "Look at it again");
        }
    }

    private RolloutStore.Locked freeName(Db.Tx tx, String wanted) {
        for (int n = 1; ; n++) {
            var locked = rollouts.lock(tx, n == 1 ? wanted : wanted + "-" + n);
            if (locked.head().version() == 0) {
                return locked;
            }
        }
    }
}
