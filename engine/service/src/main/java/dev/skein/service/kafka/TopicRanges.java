// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka has of all partitions of some topics. */
final class TopicRanges {
    private static final System.Logger LOG = System.getLogger(TopicRanges.class.getName());

    private final Admin admin;
    private final Consumer<?, ?> consumer;

    TopicRanges(Admin admin, Consumer<?, ?> consumer) {
        this.admin = admin;
        this.consumer = consumer;
    }

    /**
     * Of the topics that are there, in the order in which all readers lock partitions.
     *
     * @throws KafkaException if nobody says it
     */
    SequencedMap<TopicPartition, Placement.OffsetRange> find(Collection<String> topics)
            throws InterruptedException {
        var ids = new TreeMap<TopicPartition, String>(PositionStore.ORDER);
        for (var asked : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                var topic = get(asked.getValue());
                topic.partitions()
                        .forEach(p ->
                                ids.put(
                                        new TopicPartition(topic.name(), p.partition()),
                                        topic.topicId().toString()));
            } catch (UnknownTopicOrPartitionException e) {
                LOG.log(System.Logger.Level.DEBUG, "topic {0} is not there", asked.getKey());
            }
        }
        return ranges(ids);
    }

    private SequencedMap<TopicPartition, Placement.OffsetRange> ranges(
            Map<TopicPartition, String> ids) {
        Collection<TopicPartition> partitions = ids.keySet();
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var ranges = new LinkedHashMap<TopicPartition, Placement.OffsetRange>();
        ids.forEach((p, id) ->
                ranges.put(
                        p,
                        new Placement.OffsetRange(
                                id, begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L))));
        return ranges;
    }

    /** An answer, or why there is none. */
    static <T> T get(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(String.valueOf(e.getCause()), e);
        }
    }
}
