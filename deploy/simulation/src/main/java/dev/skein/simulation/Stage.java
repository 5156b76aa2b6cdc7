// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.engine.bundle.Bundle;
import dev.skein.simulation.control.Desk;
import dev.skein.simulation.control.Replica;
import dev.skein.simulation.site.Agent;
import dev.skein.simulation.site.Group;
import dev.skein.simulation.site.Rules;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.Tenant;
import dev.skein.simulation.site.World;
import dev.skein.simulation.store.Tables;
import dev.skein.simulation.wire.Broker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** All that takes part in a history. */
final class Stage {
    static final List<String> SITES = List.of("eu", "us");
    private static final Map<String, Bundle> BUNDLES = bundles();
    private static final List<String> TARGETS = List.of("heads", "b");

    final World world;
    final Tables tables;
    final Map<String, Tenant> tenants = new TreeMap<>();
    final List<Agent> agents = new ArrayList<>();
    final List<Replica> replicas = new ArrayList<>();
    final Desk desk;
    private final Map<String, Group> groups = new TreeMap<>();

    Stage(long seed, Rules rules, boolean kept) {
        world = new World(BUNDLES, SITES, seed, rules, kept);
        tables = new Tables(world.timeline());
        SITES.forEach(this::site);
        for (var name : List.of("api-1", "api-2")) {
            replicas.add(new Replica(world, new ServiceProcess(world, name), tables));
        }
        desk = new Desk(world, tables, replicas, TARGETS);
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

    private void site(String site) {
        for (int i = 1; i <= world.knobs().tenants(); i++) {
            var uid = "0".repeat(30) + (SITES.indexOf(site) + 1) + i;
            tenants.put(
                    uid, new Tenant(world.timeline(), world.rules(), uid, site, site + "_" + i));
        }
        var of = new TreeMap<>(tenants);
        of.values().removeIf(tenant -> !tenant.site().equals(site));
        var members = new ArrayList<Agent>();
        for (int i = 1; i <= 2; i++) {
            var process = new ServiceProcess(world, site + "-" + i);
            members.add(new Agent(world, process, site, of));
        }
        agents.addAll(members);
        var group = new Group(world, members);
        groups.put(site, group);
        group.watch();
    }

    void start(Agent agent) {
        if (world.sites().isDeserted(agent.site()) || agent.process().isAlive()) {
            return;
        }
        agent.process().live();
        Objects.requireNonNull(groups.get(agent.site())).joined(agent);
        agent.start();
    }

    void start(Replica replica) {
        replica.process().live();
        replica.start();
    }

    private void heard(Broker.Partition partition) {
        agents.forEach(agent -> agent.hears(partition));
        replicas.get(world.chance().between(0, replicas.size() - 1)).hears(partition);
    }
}
