// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.command.Rollbacks;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.engine.SkeinException;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.MemoryTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The people who ask something of the control plane, at odd moments and sometimes twice. */
public final class SimulatedOperators {
    private static final String WRONG = "wrong ";
    private static final int AGAIN = 3;
    private static final List<TargetShare> CANARIES = shares("1", "1 per site", "40%");
    private static final List<TargetShare> BUDGETS = shares("0", "1", "50%");
    private static final TargetShare ONE = TargetShare.parse("1");

    private final SimulatedWorld world;
    private final MemoryTables tables;
    private final List<SimulatedReplica> replicas;
    private final List<String> targets;
    private final List<Asked> asked = new ArrayList<>();
    private int rollouts;

    private static List<TargetShare> shares(String... texts) {
        return Stream.of(texts).map(TargetShare::parse).toList();
    }

    /** What became of a command, as far as whoever gave it knows. */
    public enum Heard {
        DONE,
        REFUSED,
        NOTHING
    }

    /** A command that was given, under a name that nobody else has. */
    public record Asked(String by, String what, Heard heard) {
        /** Whether it may be done at all. */
        public boolean isRight() {
            return !what.startsWith(WRONG);
        }
    }

    private interface Asking {
        void ask(SimulatedReplica replica, String by);
    }

    /**
     * @param targets where rollouts may lead
     */
    public SimulatedOperators(
            SimulatedWorld world,
            MemoryTables tables,
            List<SimulatedReplica> replicas,
            List<String> targets) {
        this.world = world;
        this.tables = tables;
        this.replicas = List.copyOf(replicas);
        this.targets = List.copyOf(targets);
    }

    /** All that was asked. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Asks something now and then until that time. */
    public void work(long until) {
        world.timeline()
                .in(
                        world.chance().between(500, world.knobs().askEvery()),
                        () -> {
                            if (world.timeline().now() < until) {
                                something();
                                work(until);
                            }
                        });
    }

    private void something() {
        var streams = tables.streams();
        var open = streams.stream().filter(s -> !(s.state() instanceof Rollout.Ended)).toList();
        var proposes = streams.isEmpty() || world.chance().is(open.isEmpty() ? 0.5 : 0.15);
        if (proposes) {
            propose();
            return;
        }
        var one = world.chance().of(open.isEmpty() || world.chance().is(0.1) ? streams : open);
        switch (one.state()) {
            case Rollout.Proposed proposed -> proposed(one.id(), proposed.terms());
            case Rollout.Active active -> active(one.id());
            case Rollout.Stopped stopped -> stopped(one.id());
            case Rollout.Ended ended -> rollBack(one.id());
            case Rollout.Absent absent -> {}
        }
    }

    private void propose() {
        var chance = world.chance();
        var id = "r" + ++rollouts;
        var bundle = chance.of(List.copyOf(new TreeMap<>(world.bundles()).keySet()));
        var waves = new ArrayList<RolloutSpec.WaveSpec>();
        if (chance.is(0.8)) {
            waves.add(wave("canary", chance.of(CANARIES)));
        }
        if (chance.is(0.4)) {
            waves.add(wave("early", ONE));
        }
        waves.add(wave("rest", TargetShare.ALL));
        var select = chance.is(0.7) ? "" : "site = " + chance.of(List.of("eu", "us"));
        var spec = new RolloutSpec(id, bundle, chance.of(targets), select, null, null, waves, null);
        give("create " + id, (replica, by) -> replica.commands().create(spec, by), AGAIN);
    }

    private RolloutSpec.WaveSpec wave(String name, TargetShare take) {
        var chance = world.chance();
        return new RolloutSpec.WaveSpec(
                name,
                take,
                Duration.ofSeconds(chance.of(List.of(0, 5, 30))),
                chance.of(BUDGETS),
                chance.between(1, 3));
    }

    private void proposed(String id, Rollout.Terms terms) {
        var chance = world.chance();
        if (chance.is(0.1)) {
            on(id, by -> new RolloutAction.Abort(by, "no need"));
        } else if (chance.is(0.15)) {
            on(WRONG, id, by -> new RolloutAction.Approve(terms.author(), terms.planHash()));
        } else if (chance.is(0.15)) {
            on(WRONG, id, by -> new RolloutAction.Approve(by, "another"));
        } else {
            on(id, by -> new RolloutAction.Approve(by, terms.planHash()));
        }
    }

    private void active(String id) {
        var chance = world.chance();
        if (chance.is(0.5)) {
            on(id, by -> new RolloutAction.Pause(by, "wait"));
        } else if (chance.is(0.2)) {
            on(id, by -> new RolloutAction.Abort(by, "stop"));
        } else if (chance.is(0.1)) {
            on(id, by -> new RolloutAction.Doubt("a backup is bad"));
        } else {
            skip(id);
        }
    }

    private void stopped(String id) {
        var chance = world.chance();
        if (chance.is(0.6)) {
            Boolean aside =
                    chance.of(
                                    List.of(
                                            Optional.of(true),
                                            Optional.of(false),
                                            Optional.<Boolean>empty()))
                            .orElse(null);
            on(id, by -> new RolloutAction.Resume(by, "go on", aside));
        } else if (chance.is(0.3)) {
            on(id, by -> new RolloutAction.Abort(by, "stop"));
        } else if (chance.is(0.4)) {
            rollBack(id);
        } else {
            skip(id);
        }
    }

    private void skip(String id) {
        var mine = tables.targets().stream().filter(t -> t.rollout().equals(id)).toList();
        if (!mine.isEmpty()) {
            var uid = world.chance().of(mine).uid();
            give(
                    "skip of " + id,
                    (replica, by) -> replica.commands().skip(id, List.of(uid), "broken", by),
                    AGAIN);
        }
    }

    private void rollBack(String id) {
        var undo = undo(id);
        give(
                "rollback of " + id,
                (replica, by) -> replica.rollbacks().start(new Rollbacks.Asked(undo, 2, null), by),
                1);
    }

    /** All of a rollout, or one wave or one database of it. */
    private RolloutSpec.Undo undo(String id) {
        var mine = tables.targets().stream().filter(t -> t.rollout().equals(id)).toList();
        if (mine.isEmpty() || world.chance().is(0.5)) {
            return new RolloutSpec.Undo(id, null, null, "it was wrong", null);
        }
        var one = world.chance().of(mine);
        var plan = Objects.requireNonNull(tables.plans().get(id));
        return world.chance().is(0.5)
                ? new RolloutSpec.Undo(
                        id, plan.waves().get(one.wave()).name(), null, "one wave", null)
                : new RolloutSpec.Undo(id, null, one.uid(), "one database", null);
    }

    private interface Made {
        RolloutAction by(String name);
    }

    private void on(String id, Made made) {
        on("", id, made);
    }

    private void on(String how, String id, Made made) {
        give(
                how + made.by("").getClass().getSimpleName() + " " + id,
                (replica, by) -> {
                    var command = world.rules().asked(made.by(by), state(id));
                    replica.commands().on(id, command, by);
                },
                AGAIN);
    }

    private Rollout state(String id) {
        var known = tables.stream(id);
        return known == null ? Rollout.INITIAL : known.state();
    }

    /** Asks one that is there; who hears nothing asks again, some times. */
    private void give(String what, Asking asking, int tries) {
        var awake = replicas.stream().filter(r -> r.process().isAwake()).toList();
        if (awake.isEmpty()) {
            return;
        }
        var heard = ask(what, asking, world.chance().of(awake));
        if (heard == Heard.NOTHING && tries > 1) {
            world.timeline()
                    .in(world.chance().between(100, 5_000), () -> give(what, asking, tries - 1));
        }
    }

    private Heard ask(String what, Asking asking, SimulatedReplica replica) {
        var by = "p" + asked.size();
        Heard heard;
        try {
            asking.ask(replica, by);
            heard = world.chance().is(world.knobs().unheard()) ? Heard.NOTHING : Heard.DONE;
        } catch (StoreTrouble.Refused e) {
            heard = Heard.NOTHING;
        } catch (SkeinException e) {
            heard = Heard.REFUSED;
            world.trace().say(() -> what + ": " + e.getMessage());
        }
        var end = heard;
        world.trace().say(() -> by + " " + what + " by " + replica.process().name() + ": " + end);
        asked.add(new Asked(by, what, heard));
        return heard;
    }

    private static boolean isStuck(MemoryRows.Target target) {
        return target.isOut() || target.state().equals("failed");
    }

    private boolean isBereft(MemoryRows.Target target) {
        return world.sites().isRemoved(target.member().site())
                && (isStuck(target) || target.state().equals("pending"));
    }

    /** Does what leads to the end of a rollout: another round of it. */
    public void finish(String id, boolean givesUp) {
        switch (state(id)) {
            case Rollout.Proposed p ->
                    on(id, by -> new RolloutAction.Approve(by, p.terms().planHash()));
            case Rollout.Stopped s -> {
                skipAll(id, givesUp);
                on(id, by -> new RolloutAction.Resume(by, "go on", givesUp ? false : null));
            }
            default -> {}
        }
    }

    /** Gives a proposal up that cannot be approved any more. */
    public void withdraw(String id) {
        if (state(id) instanceof Rollout.Proposed) {
            on(id, by -> new RolloutAction.Abort(by, "it is overtaken"));
        }
    }

    /** Whoever gives up lets go of all that is left; of a site that is no more, everybody does. */
    private void skipAll(String id, boolean givesUp) {
        var left =
                tables.targets().stream()
                        .filter(t -> t.rollout().equals(id))
                        .filter(t -> (givesUp && isStuck(t)) || isBereft(t))
                        .map(MemoryRows.Target::uid)
                        .toList();
        if (!left.isEmpty()) {
            give(
                    "skip of " + id,
                    (replica, by) -> replica.commands().skip(id, left, "broken", by),
                    AGAIN);
        }
    }
}
