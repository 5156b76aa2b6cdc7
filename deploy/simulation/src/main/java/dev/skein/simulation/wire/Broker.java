// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Topics with their partitions. What was taken stays; within a partition it keeps its order. */
public final class Broker {
    /** Partitions of each topic: few, so that databases share them. */
    public static final int PARTITIONS = 3;

    /** A record; a tombstone where it has no value. */
    public record Told(String key, @Nullable Object value) {}

    private final Map<String, List<Told>> partitions = new HashMap<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private boolean down;

    /** Where a key lies. */
    public static int partitionOf(String key) {
        return Math.floorMod(key.hashCode(), PARTITIONS);
    }

    /** A partition's name. */
    public static String name(String topic, int partition) {
        return topic + "/" + partition;
    }

    /** Says that it cannot be reached, or that it can be again. */
    public void setDown(boolean isDown) {
        down = isDown;
    }

    public boolean isDown() {
        return down;
    }

    /** Who wants to know in which partitions there is something new. */
    public void listen(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Takes a record; false where it takes none now. */
    public boolean take(String topic, String key, @Nullable Object value) {
        if (down) {
            return false;
        }
        var partition = name(topic, partitionOf(key));
        partitions.computeIfAbsent(partition, p -> new ArrayList<>()).add(new Told(key, value));
        listeners.forEach(listener -> listener.accept(partition));
        return true;
    }

    /** How many records a partition has. */
    public int end(String partition) {
        var records = partitions.get(partition);
        return records == null ? 0 : records.size();
    }

    /** Some records of a partition. */
    public List<Told> read(String partition, int from, int most) {
        var records = partitions.get(partition);
        if (records == null || from >= records.size()) {
            return List.of();
        }
        return List.copyOf(records.subList(from, Math.min(records.size(), from + most)));
    }
}
