// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.conductor;

import dev.skein.api.command.RolloutUnit;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.LoopConnections;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Moves a rollout on as far as it goes now: closes drained waves, passes gates, releases the next
 * wave, halts, fills the free places with directives, and holds those of a rollout that stands
 * still. Each step is a transaction under the rollout's lock, which is given back before the next
 * one, and the gate decides anew in each: under the tallies' lock, so it cannot miss a failure that
 * commits beside it, and nothing is opened behind one.
 */
@ApplicationScoped
public class Conductor {
    private static final Logger LOG = Logger.getLogger(Conductor.class);
    private static final String ACTOR = "conductor";

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final SiteSilence silence;
    private final OutcomeStore outcomes;
    private final ApiConfig config;
    private final RolloutUnit unit;

    public Conductor(
            @LoopConnections Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            SiteSilence silence,
            OutcomeStore outcomes,
            ApiConfig config,
            RolloutUnit unit) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.silence = silence;
        this.outcomes = outcomes;
        this.config = config;
        this.unit = unit;
    }

    /** Moves one rollout on; does nothing where nothing is due. */
    public void advance(String id) {
        boolean more = true;
        while (more) {
            more = db.call(tx -> advance(tx, id));
        }
    }

    /**
     * Halts rollouts that wait for a site none of whose agents has been heard of for long, and lets
     * those go on that nothing else has halted when it is heard again.
     *
     * @return those that go on
     */
    public List<String> watchSites() {
        var silent = db.call(silence::sites);
        if (silent.isEmpty()) {
            return List.of();
        }
        db.call(tx -> rollouts.waiting(tx, silent.get()))
                .forEach(one -> apply(one.rollout(), new RolloutAction.Silence(one.site())));
        var heard = db.call(tx -> rollouts.heard(tx, silent.get()));
        heard.forEach(one -> apply(one.rollout(), new RolloutAction.Heard(one.site())));
        return heard.stream().map(RolloutStore.Silent::rollout).toList();
    }

    /** One that cannot be told keeps nobody from telling the others. */
    private void apply(String rollout, RolloutAction command) {
        try {
            db.run(tx -> unit.apply(tx, rollouts.lock(tx, rollout), command, ACTOR));
        } catch (RuntimeException e) {
            LOG.errorf(e, "conductor rollout=%s", rollout);
        }
    }

    /**
     * Ends directives to which no answer came in time: their databases have failed, and the
     * rollout's budget decides what that means.
     *
     * @return the rollouts they belong to
     */
    public List<String> endOverdue() {
        return db.call(tx -> outcomes.apply(tx, directives.overdue(tx, config.sites())));
    }

    /** Does what is next; gives whether there may be more. */
    private boolean advance(Db.Tx tx, String id) {
        var locked = rollouts.lock(tx, id);
        if (!(locked.state() instanceof Rollout.Active active)) {
            return hold(tx, id, locked.state());
        }
        var tally = rollouts.tallies(tx, id).get(active.wave());
        var command = new RolloutAction.Advance(tally, rollouts.now(tx));
        var next = unit.apply(tx, locked, command, ACTOR);
        return next.head().version() != locked.head().version() || fill(tx, active, tally);
    }

    private boolean fill(Db.Tx tx, Rollout.Active active, WaveTally tally) {
        int room = active.room(tally);
        if (room == 0) {
            return false;
        }
        int opened = directives.open(tx, RolloutUnit.order(active), active.wave(), room);
        return opened > 0 && opened < room;
    }

    private boolean hold(Db.Tx tx, String id, Rollout state) {
        var standsStill = state instanceof Rollout.Stopped || state instanceof Rollout.Ended;
        return standsStill
                && rollouts.tallies(tx, id).stream().anyMatch(tally -> tally.open() > 0)
                && directives.hold(tx, RolloutUnit.order(state)) > 0;
    }
}
