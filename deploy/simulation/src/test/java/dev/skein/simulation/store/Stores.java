// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.command.AgentInquiries;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.LeaderStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Some stores, and what can be asked of them. */
final class Stores {
    private final Db db;
    private final RolloutStore rollouts;
    private final DirectiveStore directives;
    private final OutcomeStore outcomes;
    private final LeaderStore leaders;
    private final SiteSilence silence;
    private final Past past;
    private final RolloutUnit unit;

    Stores(
            Db db,
            RolloutStore rollouts,
            DirectiveStore directives,
            OutcomeStore outcomes,
            LeaderStore leaders,
            SiteSilence silence,
            Past past,
            RequestStore requests,
            BackupStore backups) {
        this.db = db;
        this.rollouts = rollouts;
        this.directives = directives;
        this.outcomes = outcomes;
        this.leaders = leaders;
        this.silence = silence;
        this.past = past;
        this.unit = new RolloutUnit(rollouts, directives, new AgentInquiries(requests, backups));
    }

    /**
     * Makes a rollout of a plan, whose databases become rows; gives the state it leads to, or why
     * it is refused.
     */
    String create(RolloutSpec spec, Function<PlanRows, RolloutPlan> plan) {
        try {
            return db.call(tx -> {
                var locked = rollouts.lock(tx, spec.id());
                var planned = plan.apply(rollouts.rows(tx, spec.id()));
                var create = new RolloutAction.Create(spec, planned, "author");
                return unit.apply(tx, locked, create, "somebody").state().status();
            });
        } catch (SkeinException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Carries a command out; gives the state it leads to, or why it is refused. */
    String command(String id, RolloutAction command) {
        try {
            return db.call(tx ->
                    unit.apply(tx, rollouts.lock(tx, id), command, "somebody").state().status());
        } catch (SkeinException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Does what the conductor does next, perhaps with a clock that is far ahead. */
    String advance(String id, boolean late) {
        return db.call(tx -> {
            var locked = rollouts.lock(tx, id);
            if (!(locked.state() instanceof Rollout.Active active)) {
                int held = directives.hold(tx, RolloutUnit.order(locked.state()));
                return locked.state().status() + " " + held;
            }
            var tally = rollouts.tallies(tx, id).get(active.wave());
            var now = late ? rollouts.now(tx).plus(Duration.ofDays(1)) : rollouts.now(tx);
            var after = unit.apply(tx, locked, new RolloutAction.Advance(tally, now), "c");
            int room = active.room(tally);
            if (after.head().version() == locked.head().version() && room > 0) {
                directives.open(tx, RolloutUnit.order(active), active.wave(), room);
            }
            return after.state().status();
        });
    }

    List<String> outcomes(List<DirectiveOutcome> some) {
        return db.call(tx -> outcomes.apply(tx, some));
    }

    /** What was written before now, and is older than anything that is asked of stores. */
    interface Past {
        /** An agent of a site was heard of so long ago. */
        void beat(Db.Tx tx, String agent, String site, Duration ago);

        /** The time of a database's directive is over. */
        void late(Db.Tx tx, String uid);

        /** A database has waited for its agents for longer than a site is waited for. */
        void left(Db.Tx tx, String uid);
    }

    boolean beat(String agent, String site, Duration ago) {
        db.run(tx -> past.beat(tx, agent, site, ago));
        return true;
    }

    boolean late(String uid) {
        db.run(tx -> past.late(tx, uid));
        return true;
    }

    boolean left(String uid) {
        db.run(tx -> past.left(tx, uid));
        return true;
    }

    /** Ends what nobody answers, as the conductor does. */
    List<String> end(List<String> sites) {
        return db.call(tx -> outcomes.apply(tx, overdue(tx, sites)));
    }

    private List<DirectiveOutcome> overdue(Db.Tx tx, List<String> sites) {
        return directives.overdue(tx, sites).stream()
                .sorted(Comparator.comparing(DirectiveOutcome::uid))
                .toList();
    }

    long lease(String holder, Duration lease) {
        return db.call(tx -> leaders.take(tx, "relay", holder, lease));
    }

    boolean isHeld(String holder, long term) {
        return db.call(tx -> leaders.isHeld(tx, "relay", holder, term));
    }

    List<WaveTally> tallies(String id) {
        return db.call(tx -> rollouts.tallies(tx, id));
    }

    private List<DirectiveStore.Named> named(Db.Tx tx, String id, boolean open) {
        return Asks.UIDS.stream()
                .flatMap(uid -> directives.named(tx, id, uid, open).stream())
                .toList();
    }

    /** What is asked of a rollout without changing it. */
    List<Object> questions(String id) {
        return db.call(tx ->
                List.<Object>of(
                        directives.others(tx, id, null),
                        directives.others(tx, id, 0),
                        named(tx, id, true),
                        named(tx, id, false),
                        overdue(tx, List.of("eu")),
                        overdue(tx, List.of("us")),
                        silence.sites(tx),
                        rollouts.active(tx),
                        rollouts.unheld(tx),
                        rollouts.waiting(tx, List.of("eu")),
                        rollouts.heard(tx, List.of("us"))));
    }
}
