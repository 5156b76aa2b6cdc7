// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.command.Rollbacks;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.MemoryTables;
import java.util.List;
import java.util.Optional;

/** The people who ask something of the control plane, at odd moments and sometimes twice. */
public final class SimulatedOperators {
    private static final List<Optional<Boolean>> WITH_ASIDE =
            List.of(Optional.of(true), Optional.of(false), Optional.empty());

    private final SimulatedWorld world;
    private final MemoryTables tables;
    private final CommandDesk desk;
    private final RandomSpecs specs;
    private int rollouts;

    /**
     * @param targets where rollouts may lead
     */
    public SimulatedOperators(
            SimulatedWorld world, MemoryTables tables, CommandDesk desk, List<String> targets) {
        this.world = world;
        this.tables = tables;
        this.desk = desk;
        this.specs = new RandomSpecs(world, tables, targets);
    }

    /** Asks something now and then until that time. */
    public void work(long until) {
        world.timeline()
                .in(
                        world.chance().between(500, world.knobs().askEvery()),
                        () -> {
                            if (world.timeline().now() < until) {
                                askSomething();
                                work(until);
                            }
                        });
    }

    private void askSomething() {
        var streams = tables.streams();
        var open = streams.stream().filter(s -> !(s.state() instanceof Rollout.Ended)).toList();
        var proposes = streams.isEmpty() || world.chance().is(open.isEmpty() ? 0.5 : 0.15);
        if (proposes) {
            propose();
            return;
        }
        var one = world.chance().of(open.isEmpty() || world.chance().is(0.1) ? streams : open);
        switch (one.state()) {
            case Rollout.Proposed proposed -> judge(one.id(), proposed.terms());
            case Rollout.Active active -> interrupt(one.id());
            case Rollout.Stopped stopped -> goOnOrBack(one.id());
            case Rollout.Ended ended -> rollBack(one.id());
            case Rollout.Absent absent -> {}
        }
    }

    private void propose() {
        var id = "r" + ++rollouts;
        var spec = specs.rollout(id);
        desk.give("create " + id, (replica, by) -> replica.commands().create(spec, by));
    }

    private void judge(String id, Rollout.Terms terms) {
        var chance = world.chance();
        if (chance.is(0.1)) {
            desk.act(id, by -> new RolloutAction.Abort(by, "no need"));
        } else if (chance.is(0.15)) {
            desk.actWrongly(id, by -> new RolloutAction.Approve(terms.author(), terms.planHash()));
        } else if (chance.is(0.15)) {
            desk.actWrongly(id, by -> new RolloutAction.Approve(by, "another"));
        } else {
            desk.act(id, by -> new RolloutAction.Approve(by, terms.planHash()));
        }
    }

    private void interrupt(String id) {
        var chance = world.chance();
        if (chance.is(0.5)) {
            desk.act(id, by -> new RolloutAction.Pause(by, "wait"));
        } else if (chance.is(0.2)) {
            desk.act(id, by -> new RolloutAction.Abort(by, "stop"));
        } else if (chance.is(0.1)) {
            desk.act(id, by -> new RolloutAction.Doubt("a backup is bad"));
        } else {
            skip(id);
        }
    }

    private void goOnOrBack(String id) {
        var chance = world.chance();
        if (chance.is(0.6)) {
            Boolean aside = chance.of(WITH_ASIDE).orElse(null);
            desk.act(id, by -> new RolloutAction.Resume(by, "go on", aside));
        } else if (chance.is(0.3)) {
            desk.act(id, by -> new RolloutAction.Abort(by, "stop"));
        } else if (chance.is(0.4)) {
            rollBack(id);
        } else {
            skip(id);
        }
    }

    private void skip(String id) {
        var mine = targets(id);
        if (!mine.isEmpty()) {
            desk.skip(id, List.of(world.chance().of(mine).uid()));
        }
    }

    private void rollBack(String id) {
        var undo = specs.undo(id, targets(id));
        desk.giveOnce(
                "rollback of " + id,
                (replica, by) -> replica.rollbacks().start(new Rollbacks.Asked(undo, 2, null), by));
    }

    private List<MemoryRows.Target> targets(String id) {
        return tables.targets().stream().filter(t -> t.rollout().equals(id)).toList();
    }
}
