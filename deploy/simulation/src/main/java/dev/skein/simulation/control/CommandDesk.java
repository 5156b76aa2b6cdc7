// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.engine.SkeinException;
import dev.skein.simulation.control.GivenCommand.Heard;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryTables;
import java.util.ArrayList;
import java.util.List;

/** Gives commands to replicas that are awake, and remembers what was heard of each. */
public final class CommandDesk {
    private static final int AGAIN = 3;

    private final SimulatedWorld world;
    private final MemoryTables tables;
    private final List<SimulatedReplica> replicas;
    private final List<GivenCommand> given = new ArrayList<>();

    /** Something to ask of a replica, under a name. */
    interface Command {
        void ask(SimulatedReplica replica, String by);
    }

    /** An action on a rollout, once it is known under which name. */
    interface NamedAction {
        RolloutAction by(String name);
    }

    public CommandDesk(SimulatedWorld world, MemoryTables tables, List<SimulatedReplica> replicas) {
        this.world = world;
        this.tables = tables;
        this.replicas = List.copyOf(replicas);
    }

    /** All that was asked. */
    public List<GivenCommand> given() {
        return List.copyOf(given);
    }

    /** A rollout as it stands. */
    Rollout state(String id) {
        var known = tables.stream(id);
        return known == null ? Rollout.INITIAL : known.state();
    }

    /** Asks for an action on a rollout. */
    void act(String id, NamedAction action) {
        act("", id, action);
    }

    /** Asks for an action that may not be done. */
    void actWrongly(String id, NamedAction action) {
        act(GivenCommand.WRONG, id, action);
    }

    private void act(String how, String id, NamedAction action) {
        give(
                how + action.by("").getClass().getSimpleName() + " " + id,
                (replica, by) -> {
                    var command = world.rules().asked(action.by(by), state(id));
                    replica.commands().on(id, command, by);
                });
    }

    /** Asks that a rollout leaves out some of its databases. */
    void skip(String id, List<String> databases) {
        give(
                "skip of " + id,
                (replica, by) -> replica.commands().skip(id, databases, "broken", by));
    }

    /** Asks a replica that is there; who hears nothing asks again, some times. */
    void give(String what, Command command) {
        give(what, command, AGAIN);
    }

    /** Asks a replica that is there, and never again. */
    void giveOnce(String what, Command command) {
        give(what, command, 1);
    }

    private void give(String what, Command command, int tries) {
        var awake = replicas.stream().filter(r -> r.process().isAwake()).toList();
        if (awake.isEmpty()) {
            return;
        }
        var heard = ask(what, command, world.chance().of(awake));
        if (heard == Heard.NOTHING && tries > 1) {
            world.timeline()
                    .in(world.chance().between(100, 5_000), () -> give(what, command, tries - 1));
        }
    }

    private Heard ask(String what, Command command, SimulatedReplica replica) {
        var by = "p" + given.size();
        Heard heard;
        try {
            command.ask(replica, by);
            heard = world.chance().is(world.knobs().unheard()) ? Heard.NOTHING : Heard.DONE;
        } catch (StoreTrouble.Refused e) {
            heard = Heard.NOTHING;
        } catch (SkeinException e) {
            heard = Heard.REFUSED;
            world.trace().say(() -> what + ": " + e.getMessage());
        }
        var end = heard;
        world.trace().say(() -> by + " " + what + " by " + replica.process().name() + ": " + end);
        given.add(new GivenCommand(by, what, heard));
        return heard;
    }
}
