// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a reader left each of its partitions. A position that is not where its reader left it was
 * moved by somebody else, or the database was put back to an earlier moment: what was read since is
 * to be read again.
 */
final class Positions {
    private final String cluster;
    private final PositionStore store;
    private final Map<TopicPartition, Long> left = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    /**
     * @param cluster the id of the Kafka cluster
     */
    Positions(String cluster) {
        this.cluster = cluster;
        this.store = new PositionStore(cluster);
    }

    /** Notes where its partitions are, once that is committed. */
    void left(Map<TopicPartition, Long> at) {
        left.putAll(at);
    }

    /** Up to where a partition is stored. */
    long at(TopicPartition p) {
        return left.getOrDefault(p, 0L);
    }

    /** How many records there are beyond where they were left. */
    long behind(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(e -> Math.max(0, e.getValue() - left.getOrDefault(e.getKey(), 0L)))
                .sum();
    }

    /** Notes where its partitions ended when they were placed. */
    void ended(TopicPartition p, long at) {
        ends.put(p, at);
    }

    /** Whether a record was written after its partition was placed. */
    boolean isFresh(ConsumerRecord<String, byte[]> record) {
        var end = ends.get(partition(record));
        return end != null && record.offset() >= end;
    }

    /** Forgets where they were. */
    void forget() {
        left.clear();
        ends.clear();
    }

    /** Whether every position is where its reader left it. */
    boolean areAsLeft(Db.Tx tx) {
        var there = store.find(tx, left.keySet().stream().map(TopicPartition::topic).toList());
        return left.entrySet().stream()
                .allMatch(e -> {
                    var position = there.get(e.getKey());
                    return position != null && position.next() == e.getValue();
                });
    }

    /** Topics that nobody lets be read of this cluster; forgets others that were refused. */
    List<String> refused(Db.Tx tx, List<String> topics) {
        var refused = TopicNotices.elsewhere(tx, cluster, topics);
        if (refused.isEmpty()) {
            store.forgetRefused(tx, topics);
        }
        return refused;
    }

    /** Where to go on with a partition; notes what happened to it since it was read. */
    long place(Db.Tx tx, TopicPartition p, Placement.OffsetRange there) {
        return store.placement(tx, p, there, null).start();
    }

    /**
     * Moves the positions behind records, by compare-and-set.
     *
     * @throws PositionTaken if one is not where this reader left it: the records must not count
     *     twice, and none may be passed over
     */
    void moveBehind(Db.Tx tx, List<ConsumerRecord<String, byte[]>> records) {
        var begins = new HashMap<TopicPartition, Long>();
        for (var record : records) {
            begins.merge(partition(record), record.offset(), Math::min);
        }
        begins.forEach((p, from) -> {
            var known = left.get(p);
            if (known == null || known > from) {
                throw new PositionTaken(p, from);
            }
        });
        store.move(tx, left, ends(records));
    }

    /** Where the next records are. */
    static Map<TopicPartition, Long> ends(List<ConsumerRecord<String, byte[]>> records) {
        var ends = new HashMap<TopicPartition, Long>();
        records.forEach(r -> ends.merge(partition(r), r.offset() + 1, Math::max));
        return ends;
    }

    private static TopicPartition partition(ConsumerRecord<String, byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
