// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.conductor;

import dev.skein.api.command.RolloutUnit;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutCommand;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Moves a rollout on as far as it goes now: closes drained waves, passes gates, releases the next
 * wave, halts, and fills the free places with directives. One transaction, under the rollout's
 * lock; the gate decides under the tallies' lock, so it cannot miss a failure that commits beside
 * it.
 */
@ApplicationScoped
public class Conductor {
    private static final String ACTOR = "conductor";

    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final FleetStore fleet;
    private final RolloutUnit unit;
    private final Clock clock;

    public Conductor(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            FleetStore fleet,
            RolloutUnit unit,
            Clock clock) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.fleet = fleet;
        this.unit = unit;
        this.clock = clock;
    }

    /** Moves one rollout on; does nothing where nothing is due. */
    public void advance(String id) {
        db.run(tx -> advance(tx, id));
    }

    /** Halts rollouts that wait for a site none of whose agents has been heard of for long. */
    public void haltSilent() {
        for (var silent : db.call(tx -> rollouts.waiting(tx, fleet.silentSites(tx)))) {
            db.run(tx ->
                    unit.apply(
                            tx,
                            rollouts.lock(tx, silent.rollout()),
                            new RolloutCommand.Silence(silent.site()),
                            ACTOR));
        }
    }

    private void advance(Db.Tx tx, String id) {
        var locked = rollouts.lock(tx, id);
        while (locked.state() instanceof Rollout.Active active) {
            var tally = rollouts.tallies(tx, id).get(active.wave());
            var next =
                    unit.apply(
                            tx, locked, new RolloutCommand.Advance(tally, clock.instant()), ACTOR);
            if (next.head().version() == locked.head().version()) {
                fill(tx, active, tally);
                return;
            }
            locked = next;
        }
    }

    private void fill(Db.Tx tx, Rollout.Active active, dev.skein.api.rollout.Tally tally) {
        int room = active.room(tally);
        if (room > 0) {
            directives.open(tx, RolloutUnit.order(active), active.wave(), room);
        }
    }
}
