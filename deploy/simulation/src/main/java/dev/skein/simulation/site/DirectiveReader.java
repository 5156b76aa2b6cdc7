// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.event.Directive;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the partitions of a site's directives that are an agent's, each from its beginning. */
final class DirectiveReader {
    private static final int READ = 20;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final String topic;
    private final Listener listener;
    private final Map<Integer, Integer> positions = new TreeMap<>();
    private final Map<Integer, Integer> ends = new HashMap<>();

    /** Who is told what is read. */
    interface Listener {
        void received(String key, @Nullable Directive directive);

        /** All that a partition held when it was assigned is read. */
        void caughtUp(int partition);
    }

    DirectiveReader(SimulatedWorld world, ServiceProcess process, String topic, Listener listener) {
        this.world = world;
        this.process = process;
        this.topic = topic;
        this.listener = listener;
    }

    void forget() {
        positions.clear();
        ends.clear();
    }

    void assigned(Collection<Integer> partitions) {
        for (var partition : partitions) {
            positions.put(partition, 0);
            ends.put(partition, directives().get(partition).end());
            poll(partition);
        }
    }

    void revoked(Collection<Integer> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(ends::remove);
    }

    /** Something new is in a partition. */
    void hears(SimulatedBroker.Partition partition) {
        if (partition.topic().equals(topic) && positions.containsKey(partition.number())) {
            poll(partition.number());
        }
    }

    /** Polls the partitions that hold more than was read. */
    void pollUnread() {
        positions.forEach((partition, at) -> {
            if (at < directives().get(partition).end()) {
                poll(partition);
            }
        });
    }

    private List<SimulatedBroker.Partition> directives() {
        return world.broker().partitions(topic);
    }

    private void poll(int partition) {
        process.in(world.chance().between(50, 400), () -> read(partition));
    }

    private void read(int partition) {
        var at = positions.get(partition);
        if (at == null || world.broker().isDown()) {
            return;
        }
        var records = directives().get(partition).read(at, READ);
        int next = at + records.size();
        positions.put(partition, next);
        for (var record : records) {
            world.trace().say(() -> process.name() + " reads " + inWords(record));
            listener.received(record.key(), (Directive) record.value());
        }
        var end = ends.get(partition);
        if (end != null && next >= end) {
            ends.remove(partition);
            listener.caughtUp(partition);
        }
        if (next < directives().get(partition).end()) {
            poll(partition);
        }
    }

    private static String inWords(SimulatedBroker.Told told) {
        return told.value() instanceof Directive d
                ? d.action()
                        + " "
                        + d.uid().substring(30)
                        + " "
                        + d.rollout()
                        + "/"
                        + d.generation()
                : "tombstone " + told.key().substring(30);
    }
}
