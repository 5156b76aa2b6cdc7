// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.command.AgentInquiries;
import dev.skein.api.command.EvidenceCheck;
import dev.skein.api.command.PlanningTurns;
import dev.skein.api.command.RollbackForecasts;
import dev.skein.api.command.Rollbacks;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.conductor.Conductor;
import dev.skein.engine.SkeinException;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryBackups;
import dev.skein.simulation.store.MemoryBundles;
import dev.skein.simulation.store.MemoryDb;
import dev.skein.simulation.store.MemoryDirectives;
import dev.skein.simulation.store.MemoryEvidence;
import dev.skein.simulation.store.MemoryFleet;
import dev.skein.simulation.store.MemoryRequests;
import dev.skein.simulation.store.MemorySilence;
import dev.skein.simulation.store.MemoryTables;
import dev.skein.simulation.wire.SimulatedBroker;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A process of the control plane: the real commands and conductor, over tables in memory. */
public final class SimulatedReplica {
    private static final int TICK = 2_000;
    private static final int SWEEP_EVERY = 5;

    /** So few that a rollout's places are filled and held in several steps. */
    private static final int SLICE = 2;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final MemoryDb db;
    private final ReplicaRollouts rollouts;
    private final Conductor conductor;
    private final RolloutCommands commands;
    private final Rollbacks rollbacks;
    private final SimulatedSender sender;
    private final SimulatedFeed feed;
    private final Set<String> woken = new LinkedHashSet<>();
    private List<String> sites;
    private long listeningSince;
    private int tick;

    public SimulatedReplica(SimulatedWorld world, ServiceProcess process, MemoryTables tables) {
        this.world = world;
        this.process = process;
        this.sites = world.awaited();
        this.db = new MemoryDb(tables, new StoreTrouble(world, process));
        this.rollouts = new ReplicaRollouts(tables, world.rules(), process);
        var settings = new SimulatedSettings(() -> sites);
        var directives = new MemoryDirectives(tables, SLICE);
        var outcomes = new OutcomeRules(tables, world.rules());
        var silence = new MemorySilence(tables, settings.silence());
        silence.heardBy(() -> world.rules().listened(listening()));
        var fleet = new MemoryFleet(tables);
        var means = means(directives, fleet);
        this.conductor =
                new Conductor(db, rollouts, directives, silence, outcomes, settings, means.unit());
        this.commands = commands(means);
        this.rollbacks = rollbacks(means, silence, settings);
        this.sender = new SimulatedSender(world, process, db, tables, settings);
        this.feed =
                new SimulatedFeed(
                        world, process, db, tables, outcomes, fleet, settings, this::wake);
    }

    /** What commands and rollbacks work with. */
    private record Means(
            MemoryDirectives directives,
            MemoryBundles bundles,
            MemoryFleet fleet,
            EvidenceCheck proofs,
            AgentInquiries inquiries,
            RolloutUnit unit,
            PlanningTurns turns,
            WakeList told) {}

    private Means means(MemoryDirectives directives, MemoryFleet fleet) {
        var inquiries = new AgentInquiries(new MemoryRequests(), new MemoryBackups());
        return new Means(
                directives,
                new MemoryBundles(world.bundles()),
                fleet,
                new EvidenceCheck(new MemoryEvidence()),
                inquiries,
                new RolloutUnit(rollouts, directives, inquiries),
                new PlanningTurns(),
                new WakeList(this::wake));
    }

    private RolloutCommands commands(Means means) {
        return new RolloutCommands(
                db,
                rollouts,
                means.directives(),
                means.bundles(),
                means.fleet(),
                means.proofs(),
                means.inquiries(),
                means.unit(),
                means.turns(),
                means.told());
    }

    private Rollbacks rollbacks(Means means, MemorySilence silence, SimulatedSettings settings) {
        return new Rollbacks(
                db,
                rollouts,
                means.directives(),
                means.bundles(),
                new MemoryBackups(),
                means.fleet(),
                silence,
                means.proofs(),
                forecasts(means),
                means.unit(),
                means.turns(),
                means.told(),
                settings);
    }

    private RollbackForecasts forecasts(Means means) {
        return new RollbackForecasts(
                db, new MemoryRequests(), rollouts, means.inquiries(), means.told());
    }

    public ServiceProcess process() {
        return process;
    }

    public RolloutCommands commands() {
        return commands;
    }

    public Rollbacks rollbacks() {
        return rollbacks;
    }

    /** Begins a life, with the sites that the settings name now. */
    public void start() {
        sites = world.awaited();
        woken.clear();
        listeningSince = world.timeline().now();
        process.every(TICK, this::wakeDue);
        sender.start();
        feed.start();
    }

    private Duration listening() {
        return Duration.ofMillis(world.timeline().now() - listeningSince);
    }

    /** What it was reading it reads from now on, having missed some. */
    public void missed() {
        listeningSince = world.timeline().now();
    }

    /** Something new is in a partition. */
    public void hears(SimulatedBroker.Partition partition) {
        feed.hears(partition);
    }

    private void wake(String rollout) {
        if (woken.isEmpty()) {
            process.soon(this::advance);
        }
        woken.add(rollout);
        sender.signal();
    }

    private void wakeDue() {
        sweep(() -> db.call(rollouts::due));
        if (tick++ % SWEEP_EVERY == 0) {
            sweep(() -> db.call(rollouts::active));
            sweep(() -> db.call(rollouts::unheld));
            sweep(conductor::watchSites);
            sweep(conductor::endOverdue);
        }
    }

    private void sweep(Supplier<List<String>> some) {
        try {
            some.get().forEach(this::wake);
        } catch (StoreTrouble.Refused e) {
            world.trace().say(() -> process.name() + " could not sweep");
        }
    }

    private void advance() {
        var due = List.copyOf(woken);
        woken.clear();
        for (var id : due) {
            try {
                conductor.advance(id);
            } catch (StoreTrouble.Refused e) {
                world.trace().say(() -> process.name() + " could not advance " + id);
            } catch (SkeinException e) {
                world.trace().say(() -> process.name() + " " + id + ": " + e.getMessage());
            }
        }
        sender.signal();
    }
}
