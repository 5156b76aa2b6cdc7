// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.command.Inquiries;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutCommand;
import dev.skein.api.rollout.Tally;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.LeaderStore;
import dev.skein.api.store.Outcome;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import java.time.Duration;
import java.util.List;

/** Some stores, and what can be asked of them. */
final class Stores {
    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final OutcomeStore outcomes;
    private final LeaderStore leaders;
    private final RolloutUnit unit;

    Stores(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            OutcomeStore outcomes,
            LeaderStore leaders,
            RequestStore requests,
            BackupStore backups) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.outcomes = outcomes;
        this.leaders = leaders;
        this.unit = new RolloutUnit(rollouts, directives, new Inquiries(requests, backups));
    }

    /** Carries a command out; gives the state it leads to, or why it is refused. */
    String command(String id, RolloutCommand command) {
        try {
            return db.call(tx ->
                    unit.apply(tx, rollouts.lock(tx, id), command, "somebody").state().status());
        } catch (SkeinException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Looks at the running wave as the conductor does, with a clock that is far ahead. */
    String advance(String id, boolean late) {
        return db.call(tx -> {
            var locked = rollouts.lock(tx, id);
            if (!(locked.state() instanceof Rollout.Active active)) {
                return locked.state().status();
            }
            var tally = rollouts.tallies(tx, id).get(active.wave());
            var now = late ? rollouts.now(tx).plus(Duration.ofDays(1)) : rollouts.now(tx);
            var after = unit.apply(tx, locked, new RolloutCommand.Advance(tally, now), "c");
            int room = active.room(tally);
            if (after.head().version() == locked.head().version() && room > 0) {
                directives.open(tx, RolloutUnit.order(active), active.wave(), room);
            }
            return after.state().status();
        });
    }

    List<String> outcomes(List<Outcome> some) {
        return db.call(tx -> outcomes.apply(tx, some));
    }

    long lease(String holder, Duration lease) {
        return db.call(tx -> leaders.take(tx, "relay", holder, lease));
    }

    boolean isHeld(String holder, long term) {
        return db.call(tx -> leaders.isHeld(tx, "relay", holder, term));
    }

    List<Tally> tallies(String id) {
        return db.call(tx -> rollouts.tallies(tx, id));
    }

    /** What is asked of a rollout without changing it. */
    List<Object> questions(String id) {
        return db.call(tx ->
                List.<Object>of(
                        directives.others(tx, id, null),
                        directives.others(tx, id, 0),
                        directives.unfinished(tx, id, Asks.UIDS, true),
                        directives.unfinished(tx, id, Asks.UIDS, false),
                        rollouts.active(tx),
                        rollouts.waiting(tx, List.of("eu")),
                        rollouts.heard(tx, List.of("us"))));
    }
}
