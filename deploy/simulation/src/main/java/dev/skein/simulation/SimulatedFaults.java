// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.control.SimulatedReplica;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedAgent;
import dev.skein.simulation.site.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What breaks, and when it is whole again. */
final class SimulatedFaults {
    private static final List<Integer> AWAY = List.of(0, 1_000, 15_000, 40_000);
    private static final List<Integer> FROZEN = List.of(2_000, 5_000, 35_000, 120_000);
    private static final double DROPPED = 0.2;
    private static final double REMOVED = 0.1;
    private static final int HOUR = (int) Duration.ofHours(1).toMillis();

    private final HistoryParts stage;
    private final SimulatedWorld world;
    private final TenantFaults tenants;

    SimulatedFaults(HistoryParts stage) {
        this.stage = stage;
        this.world = stage.world;
        this.tenants = new TenantFaults(world, List.copyOf(stage.tenants.values()));
    }

    /** Some databases are not as the revisions expect them, for a while. */
    void begin() {
        tenants.failSome();
        forGood(DROPPED, tenants::drop);
        forGood(REMOVED, new SiteFaults(stage)::remove);
    }

    /** What ends something for ever comes in some histories, and there once. */
    private void forGood(double probability, Runnable what) {
        if (world.knobs().faultEvery() > 0 && world.chance().is(probability)) {
            world.timeline().in(world.chance().between(5_000, world.knobs().troubled()), what);
        }
    }

    /** Breaks something now and then until that time. */
    void work(long until) {
        if (world.knobs().faultEvery() == 0) {
            return;
        }
        world.timeline()
                .in(
                        world.chance().between(1_000, world.knobs().faultEvery()),
                        () -> {
                            if (world.timeline().now() < until) {
                                breakSomething();
                                work(until);
                            }
                        });
    }

    private void breakSomething() {
        switch (world.chance().between(0, 9)) {
            case 0, 1 -> kill(world.chance().of(stage.agents));
            case 2 -> killReplica();
            case 3, 4 -> freeze(anyProcess());
            case 5 -> setClock(anyProcess());
            case 6 -> tenants.takeDown();
            case 7 -> tenants.spoil();
            case 8 -> failDatabase();
            default -> failBroker();
        }
    }

    private ServiceProcess anyProcess() {
        var all = new ArrayList<ServiceProcess>();
        stage.agents.forEach(agent -> all.add(agent.process()));
        stage.replicas.forEach(replica -> all.add(replica.process()));
        return world.chance().of(all);
    }

    private void kill(SimulatedAgent agent) {
        if (agent.process().isAlive()) {
            world.trace().say(() -> "kill " + agent.process().name());
            agent.process().die();
            agent.died();
            world.timeline().in(world.chance().of(AWAY), () -> stage.start(agent));
        }
    }

    private void killReplica() {
        var replica = world.chance().of(stage.replicas);
        if (replica.process().isAlive()) {
            world.trace().say(() -> "kill " + replica.process().name());
            replica.process().die();
            world.timeline().in(world.chance().of(AWAY), () -> stage.start(replica));
        }
    }

    private void freeze(ServiceProcess process) {
        int millis = world.chance().of(FROZEN);
        world.trace().say(() -> "freeze " + process.name() + " for " + millis);
        process.freeze(millis);
        world.timeline().in(millis, () -> missed(process));
    }

    /** What a replica did not read while it was frozen, nobody said that it had heard. */
    private void missed(ServiceProcess process) {
        stage.replicas.stream()
                .filter(replica -> replica.process().equals(process))
                .forEach(SimulatedReplica::missed);
    }

    private void setClock(ServiceProcess process) {
        int offset = world.chance().of(List.of(-HOUR, 0, HOUR));
        world.trace().say(() -> "set the clock of " + process.name() + " off by " + offset);
        process.setOffset(offset);
    }

    private void failDatabase() {
        world.trace().say(() -> "the control plane's database is down");
        failForAWhile(world::setDatabaseDown);
    }

    private void failBroker() {
        world.trace().say(() -> "Kafka is down");
        failForAWhile(world.broker()::setDown);
    }

    /** What replicas did not read meanwhile, nobody said that they had heard. */
    private void failForAWhile(Consumer<Boolean> setDown) {
        setDown.accept(true);
        world.timeline()
                .in(
                        world.chance().between(100, 30_000),
                        () -> {
                            setDown.accept(false);
                            stage.replicas.forEach(SimulatedReplica::missed);
                        });
    }

    /** Nothing breaks any more, and everything is whole. */
    void end() {
        world.trace().say(() -> "all is whole again");
        world.calm();
        world.setDatabaseDown(false);
        world.broker().setDown(false);
        tenants.end();
        stage.agents.forEach(agent -> agent.process().thaw());
        stage.replicas.forEach(replica -> replica.process().thaw());
        stage.replicas.forEach(SimulatedReplica::missed);
    }
}
