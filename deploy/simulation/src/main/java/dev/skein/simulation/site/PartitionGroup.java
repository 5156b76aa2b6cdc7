// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.simulation.wire.SimulatedBroker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The agents of a site share its partitions out. Who has not been heard of for a while loses its
 * own to another, and hears of that when it is awake.
 */
public final class PartitionGroup {
    private static final int LOOK = 4_000;
    private static final int SESSION = 10_000;

    private final SimulatedWorld world;
    private final List<SimulatedAgent> agents;
    private final Map<Integer, SimulatedAgent> owners = new TreeMap<>();
    private final Map<SimulatedAgent, Long> heard = new HashMap<>();
    private final Set<SimulatedAgent> expelled = new HashSet<>();

    public PartitionGroup(SimulatedWorld world, List<SimulatedAgent> agents) {
        this.world = world;
        this.agents = List.copyOf(agents);
    }

    /** Watches over it for ever. */
    public void watch() {
        look();
        world.timeline().in(LOOK, this::watch);
    }

    /** A member begins a new life: what it had is nobody's. */
    public void joined(SimulatedAgent agent) {
        owners.values().removeIf(owner -> owner == agent);
        expelled.remove(agent);
        heard.put(agent, world.timeline().now());
    }

    private void look() {
        long now = world.timeline().now();
        var members = new ArrayList<SimulatedAgent>();
        for (var agent : agents) {
            if (agent.process().isAwake()) {
                heard.put(agent, now);
                letKnow(agent);
            }
            if (now - heard.getOrDefault(agent, -1L * SESSION) < SESSION) {
                members.add(agent);
            }
        }
        expel(members);
        members.removeIf(agent -> !agent.process().isAwake());
        share(members);
    }

    private void letKnow(SimulatedAgent agent) {
        if (expelled.remove(agent)) {
            agent.revoked(all());
        }
    }

    private static List<Integer> all() {
        var all = new ArrayList<Integer>();
        for (int partition = 0; partition < SimulatedBroker.PARTITIONS; partition++) {
            all.add(partition);
        }
        return all;
    }

    private void expel(List<SimulatedAgent> members) {
        for (var owned = owners.values().iterator(); owned.hasNext(); ) {
            var owner = owned.next();
            if (!members.contains(owner)) {
                owned.remove();
                expelled.add(owner);
            }
        }
    }

    private void share(List<SimulatedAgent> members) {
        if (members.isEmpty()) {
            return;
        }
        for (int partition = 0; partition < SimulatedBroker.PARTITIONS; partition++) {
            var due = members.get(partition % members.size());
            var owner = owners.get(partition);
            if (owner == due || (owner != null && !owner.process().isAwake())) {
                continue;
            }
            if (owner != null) {
                owner.revoked(List.of(partition));
            }
            owners.put(partition, due);
            due.assigned(List.of(partition));
        }
    }
}
