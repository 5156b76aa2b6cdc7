// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.engine.bundle.Bundle;
import dev.skein.simulation.control.CommandDesk;
import dev.skein.simulation.control.RolloutFinisher;
import dev.skein.simulation.control.SimulatedOperators;
import dev.skein.simulation.control.SimulatedReplica;
import dev.skein.simulation.site.PartitionGroup;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedAgent;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.site.SimulationRules;
import dev.skein.simulation.store.MemoryTables;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** All that takes part in a history. */
final class HistoryParts {
    static final List<String> SITES = List.of("eu", "us");
    private static final Map<String, Bundle> BUNDLES = bundles();
    private static final List<String> TARGETS = List.of("heads", "b");

    final SimulatedWorld world;
    final MemoryTables tables;
    final Map<String, SimulatedTenant> tenants = new TreeMap<>();
    final List<SimulatedAgent> agents = new ArrayList<>();
    final List<SimulatedReplica> replicas = new ArrayList<>();
    final CommandDesk desk;
    final SimulatedOperators operators;
    final RolloutFinisher finisher;
    private final Map<String, PartitionGroup> groups = new TreeMap<>();

    HistoryParts(long seed, SimulationRules rules, boolean kept) {
        world = new SimulatedWorld(BUNDLES, SITES, seed, rules, kept);
        tables = new MemoryTables(world.timeline());
        SITES.forEach(this::addSite);
        for (var name : List.of("api-1", "api-2")) {
            replicas.add(new SimulatedReplica(world, new ServiceProcess(world, name), tables));
        }
        desk = new CommandDesk(world, tables, replicas);
        operators = new SimulatedOperators(world, tables, desk, TARGETS);
        finisher = new RolloutFinisher(world, tables, desk);
        world.broker().listen(this::heard);
        agents.forEach(this::start);
        replicas.forEach(this::start);
    }

    private static Map<String, Bundle> bundles() {
        var a = new Bundle.Item("1_a.sql", text("a", "") + "SELECT 1;\n--@ downgrade\nSELECT 1;");
        var b = new Bundle.Item("2_b.sql", text("b", "a") + "SELECT 2;\n--@ downgrade\nSELECT 2;");
        var c = new Bundle.Item("3_c.sql", text("c", "b") + "SELECT 3;\n--@ downgrade\nSELECT 3;");
        var bundles = new LinkedHashMap<String, Bundle>();
        for (var items : List.of(List.of(a, b), List.of(a, b, c))) {
            var bundle = Bundle.of(items);
            bundles.put(bundle.digest(), bundle);
        }
        return bundles;
    }

    private static String text(String id, String revises) {
        var head = "--@ revision: " + id + "\n";
        return (revises.isEmpty() ? head : head + "--@ revises: " + revises + "\n")
                + "--@ upgrade\n";
    }

    private void addSite(String site) {
        for (int i = 1; i <= world.knobs().tenants(); i++) {
            var uid = "0".repeat(30) + (SITES.indexOf(site) + 1) + i;
            tenants.put(
                    uid,
                    new SimulatedTenant(
                            world.timeline(), world.rules(), uid, site, site + "_" + i));
        }
        var of = new TreeMap<>(tenants);
        of.values().removeIf(tenant -> !tenant.site().equals(site));
        var members = new ArrayList<SimulatedAgent>();
        for (int i = 1; i <= 2; i++) {
            var process = new ServiceProcess(world, site + "-" + i);
            members.add(new SimulatedAgent(world, process, site, of));
        }
        agents.addAll(members);
        var group = new PartitionGroup(world, members);
        groups.put(site, group);
        group.watch();
    }

    void start(SimulatedAgent agent) {
        if (world.sites().isDeserted(agent.site()) || agent.process().isAlive()) {
            return;
        }
        agent.process().live();
        Objects.requireNonNull(groups.get(agent.site())).joined(agent);
        agent.start();
    }

    void start(SimulatedReplica replica) {
        replica.process().live();
        replica.start();
    }

    private void heard(SimulatedBroker.Partition partition) {
        agents.forEach(agent -> agent.hears(partition));
        replicas.get(world.chance().between(0, replicas.size() - 1)).hears(partition);
    }
}
