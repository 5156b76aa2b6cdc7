// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import dev.skein.engine.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/**
 * The partitions of the site's directives that are this agent's: what lies in them is looked into,
 * told of and worked on by nobody else. Whoever asks never waits.
 */
@ApplicationScoped
public class OwnedPartitions {
    /** Of each that is ours, by the how many-eth change it became so. */
    private volatile Map<Integer, Long> since = Map.of();

    private volatile long changes;

    /** Where a database's key lies: Kafka's own rule for keyed records. */
    public static int partition(String uid) {
        var key = uid.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % Topics.PARTITIONS;
    }

    /** They are ours from now on. */
    public synchronized void assigned(Collection<Integer> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        var now = new HashMap<>(since);
        partitions.forEach(partition -> now.putIfAbsent(partition, changes + 1));
        since = Map.copyOf(now);
        changes++;
    }

    /** They are somebody else's from now on. */
    public synchronized void revoked(Collection<Integer> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        var now = new HashMap<>(since);
        now.keySet().removeAll(partitions);
        since = Map.copyOf(now);
        changes++;
    }

    /** Whether a database is ours. */
    public boolean owns(String uid) {
        return since.containsKey(partition(uid));
    }

    /**
     * Since when a database is ours: another number for each time that it becomes so, and 0 where
     * it is not.
     */
    public long since(String uid) {
        return since.getOrDefault(partition(uid), 0L);
    }

    /** Whether any is ours: before an agent has joined the others, and beside 32 of them, none. */
    public boolean isAny() {
        return !since.isEmpty();
    }

    /** How often that has changed. */
    public long changes() {
        return changes;
    }
}
