// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Topics with their partitions. What was taken stays; within a partition it keeps its order. */
public final class SimulatedBroker {
    /** Partitions of each topic: few, so that databases share them. */
    public static final int PARTITIONS = 3;

    /** A record; a tombstone where it has no value. */
    public record Told(String key, @Nullable Object value) {}

    private final Map<String, List<Partition>> topics = new HashMap<>();
    private final List<Consumer<Partition>> listeners = new ArrayList<>();
    private final Set<String> deleted = new HashSet<>();
    private boolean down;

    /** Where a key lies. */
    public static int partitionOf(String key) {
        return Math.floorMod(key.hashCode(), PARTITIONS);
    }

    /** A part of a topic, with what it holds. */
    public static final class Partition {
        private final String topic;
        private final int number;
        private final String name;
        private final List<Told> records = new ArrayList<>();

        Partition(String topic, int number) {
            this.topic = topic;
            this.number = number;
            this.name = topic + "/" + number;
        }

        public String topic() {
            return topic;
        }

        public int number() {
            return number;
        }

        /** Its name, among those of all topics. */
        public String name() {
            return name;
        }

        /** How many records it has. */
        public int end() {
            return records.size();
        }

        /** Some records of it. */
        public List<Told> read(int from, int most) {
            return from >= records.size()
                    ? List.of()
                    : List.copyOf(records.subList(from, Math.min(records.size(), from + most)));
        }
    }

    /** The partitions of a topic. */
    public List<Partition> partitions(String topic) {
        var known = topics.get(topic);
        if (known == null) {
            known =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(number -> new Partition(topic, number))
                            .toList();
            topics.put(topic, known);
        }
        return known;
    }

    /** Deletes a topic with all that it holds. */
    public void delete(String topic) {
        topics.remove(topic);
        deleted.add(topic);
    }

    /** Makes a topic again where it was deleted. */
    public void make(String topic) {
        if (!down) {
            deleted.remove(topic);
        }
    }

    public boolean isDeleted(String topic) {
        return deleted.contains(topic);
    }

    /** Says that it cannot be reached, or that it can be again. */
    public void setDown(boolean isDown) {
        down = isDown;
    }

    public boolean isDown() {
        return down;
    }

    /** Who wants to know in which partitions there is something new. */
    public void listen(Consumer<Partition> listener) {
        listeners.add(listener);
    }

    /** Takes a record; false where it takes none now. */
    public boolean take(String topic, String key, @Nullable Object value) {
        if (down || deleted.contains(topic)) {
            return false;
        }
        var partition = partitions(topic).get(partitionOf(key));
        partition.records.add(new Told(key, value));
        listeners.forEach(listener -> listener.accept(partition));
        return true;
    }
}
