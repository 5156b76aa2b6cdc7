// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.control.SimulatedReplica;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedAgent;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.site.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What breaks, and when it is whole again. */
final class SimulatedFaults {
    private static final List<Integer> AWAY = List.of(0, 1_000, 15_000, 40_000);
    private static final List<Integer> FROZEN = List.of(2_000, 5_000, 35_000, 120_000);
    private static final double DROPPED = 0.2;
    private static final double REMOVED = 0.1;
    private static final int HOUR = (int) Duration.ofHours(1).toMillis();

    private final HistoryParts stage;
    private final SimulatedWorld world;

    SimulatedFaults(HistoryParts stage) {
        this.stage = stage;
        this.world = stage.world;
    }

    /** Some databases are not as the revisions expect them, for a while. */
    void begin() {
        for (var tenant : stage.tenants.values()) {
            if (world.knobs().faultEvery() > 0 && world.chance().is(0.25)) {
                failFor(tenant, world.chance().between(10_000, 120_000));
            }
        }
        forGood(DROPPED, this::drop);
        forGood(REMOVED, new SiteFaults(stage)::remove);
    }

    /** What ends something for ever comes in some histories, and there once. */
    private void forGood(double probability, Runnable what) {
        if (world.knobs().faultEvery() > 0 && world.chance().is(probability)) {
            world.timeline().in(world.chance().between(5_000, world.knobs().troubled()), what);
        }
    }

    private void drop() {
        var tenant = world.chance().of(List.copyOf(stage.tenants.values()));
        world.trace().say(() -> tenant.name() + " is dropped");
        tenant.drop();
    }

    private void failFor(SimulatedTenant tenant, int millis) {
        var revision = world.chance().of(List.of("a", "b", "c"));
        world.trace().say(() -> tenant.name() + " fails at " + revision + " for " + millis);
        tenant.setFailing(revision);
        world.timeline().in(millis, () -> tenant.setFailing(null));
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
                                something();
                                work(until);
                            }
                        });
    }

    private void something() {
        switch (world.chance().between(0, 9)) {
            case 0, 1 -> kill(world.chance().of(stage.agents));
            case 2 -> killReplica();
            case 3, 4 -> freeze(any());
            case 5 -> setClock(any());
            case 6 -> tenantDown();
            case 7 -> tenantBad();
            case 8 -> database();
            default -> broker();
        }
    }

    private ServiceProcess any() {
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

    private void tenantDown() {
        var tenant = world.chance().of(List.copyOf(stage.tenants.values()));
        int millis = world.chance().between(0, 60_000);
        world.trace().say(() -> tenant.name() + " is down for " + millis);
        tenant.goDown(millis);
    }

    private void tenantBad() {
        var tenant = world.chance().of(List.copyOf(stage.tenants.values()));
        if (world.chance().is(0.3)) {
            world.trace().say(() -> tenant.name() + " is gone");
            tenant.setGone(true);
            world.timeline().in(world.chance().between(1_000, 90_000), () -> tenant.setGone(false));
        } else {
            failFor(tenant, world.chance().between(1_000, 60_000));
        }
    }

    private void database() {
        world.trace().say(() -> "the control plane's database is down");
        world.setDatabaseDown(true);
        world.timeline()
                .in(
                        world.chance().between(100, 30_000),
                        () -> {
                            world.setDatabaseDown(false);
                            stage.replicas.forEach(SimulatedReplica::missed);
                        });
    }

    private void broker() {
        world.trace().say(() -> "Kafka is down");
        world.broker().setDown(true);
        world.timeline()
                .in(
                        world.chance().between(100, 30_000),
                        () -> {
                            world.broker().setDown(false);
                            stage.replicas.forEach(SimulatedReplica::missed);
                        });
    }

    /** Nothing breaks any more, and everything is whole. */
    void end() {
        world.trace().say(() -> "all is whole again");
        world.calm();
        world.setDatabaseDown(false);
        world.broker().setDown(false);
        stage.tenants.values().forEach(tenant -> tenant.setFailing(null));
        stage.tenants.values().forEach(tenant -> tenant.setGone(false));
        stage.tenants.values().forEach(tenant -> tenant.goDown(0));
        stage.agents.forEach(agent -> agent.process().thaw());
        stage.replicas.forEach(replica -> replica.process().thaw());
        stage.replicas.forEach(SimulatedReplica::missed);
    }
}
