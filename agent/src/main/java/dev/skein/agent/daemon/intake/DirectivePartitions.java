// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.engine.event.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/** The partitions of a site's directives that are this agent's. Used by the polling thread. */
final class DirectivePartitions {
    private static final Logger LOG = Logger.getLogger(DirectivePartitions.class);
    private static final Duration ENDS_TIMEOUT = Duration.ofSeconds(2);

    private final String topic;
    private final DirectiveWork work;
    private final PartitionEnds ends = new PartitionEnds();

    DirectivePartitions(String site, DirectiveWork work) {
        this.topic = Topics.directives(site);
        this.work = work;
    }

    void subscribe(KafkaConsumer<String, byte[]> reader) {
        reader.subscribe(List.of(topic), new Ownership(reader));
    }

    /** A partition may be acted on once it was read to the end that it had when it became ours. */
    void checkEnds(KafkaConsumer<String, byte[]> consumer) {
        try {
            ends.find(partitions -> endOffsets(consumer, partitions));
        } catch (TimeoutException e) {
            // One without a leader, for example: the others are read on, and it is asked for again.
            LOG.warnf(
                    "intake: the ends of %s are not known yet: %s", ends.unknown(), e.getMessage());
        }
        ends.reached(p -> consumer.position(place(p))).forEach(work::caughtUp);
    }

    private Map<Integer, Long> endOffsets(
            KafkaConsumer<String, byte[]> consumer, Set<Integer> partitions) {
        var found = new HashMap<Integer, Long>();
        consumer.endOffsets(partitions.stream().map(this::place).toList(), ENDS_TIMEOUT)
                .forEach((place, end) -> found.put(place.partition(), end));
        return found;
    }

    private TopicPartition place(int partition) {
        return new TopicPartition(topic, partition);
    }

    /** None is ours any more. */
    void letGoOfAll() {
        revoked(IntStream.range(0, Topics.PARTITIONS).boxed().toList());
    }

    private void revoked(List<Integer> partitions) {
        ends.revoked(partitions);
        work.revoked(partitions);
    }

    private final class Ownership implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        Ownership(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
            ends.assigned(numbers(partitions));
            work.assigned(numbers(partitions));
            if (!partitions.isEmpty()) {
                LOG.infof("intake: %d partitions are ours", partitions.size());
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            revoked(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
