// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from where the database says to where they end now: each process for itself, all
 * partitions. What is read and the position behind it are committed together.
 */
public final class TopicTail implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TopicTail.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int IDLE_POLLS = 30;

    private final Admin admin;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Boolean> topics;
    private final Positions positions;

    /** What becomes of what is read. */
    public interface Reader {
        /** Records that are new to the database. */
        void read(Db.Tx tx, List<ConsumerRecord<String, byte[]>> records);

        /** A topic is not as it was left: told once for each of its partitions. */
        void changed(Db.Tx tx, String topic, TopicNotice notice);
    }

    private TopicTail(Map<String, Object> kafka, Map<String, Boolean> topics, Admin admin)
            throws InterruptedException {
        this.admin = admin;
        this.topics = new TreeMap<>(topics);
        this.positions = new Positions(get(admin.describeCluster().clusterId()));
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        this.consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Connects.
     *
     * @param kafka how the cluster is reached
     * @param topics which, and whether their records matter; else only whether they are the same
     * @throws KafkaException if it cannot be reached
     */
    public static TopicTail open(Map<String, Object> kafka, Map<String, Boolean> topics)
            throws InterruptedException {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        var admin = Admin.create(settings);
        try {
            return new TopicTail(kafka, topics, admin);
        } catch (RuntimeException | InterruptedException e) {
            admin.close(CLOSE);
            throw e;
        }
    }

    /**
     * Reads to where the topics end now; one that is not there is passed over.
     *
     * @throws PositionTaken if another process has read it at the same time
     * @throws KafkaException if the topics cannot be read
     */
    public void read(Db db, Reader reader) throws InterruptedException {
        // Positions first: none is beyond an end that is asked for after it.
        var before = db.call(tx -> positions.all(tx, topics.keySet()));
        var there = extents();
        Map<TopicPartition, Long> known =
                new HashMap<>(db.call(tx -> placed(tx, before, there, reader)));
        skip(db, there, known);
        var ends = new HashMap<TopicPartition, Long>();
        there.forEach((p, extent) -> {
            if (matters(p) && known.getOrDefault(p, 0L) < extent.ends()) {
                ends.put(p, extent.ends());
            }
        });
        consumer.assign(ends.keySet());
        ends.keySet().forEach(p -> consumer.seek(p, known.getOrDefault(p, 0L)));
        readTo(ends, known, db, reader);
    }

    private boolean matters(TopicPartition p) {
        return topics.getOrDefault(p.topic(), false);
    }

    private SequencedMap<TopicPartition, Long> placed(
            Db.Tx tx,
            Map<TopicPartition, Position> known,
            SequencedMap<TopicPartition, Placement.Extent> there,
            Reader reader) {
        var starts = new LinkedHashMap<TopicPartition, Long>();
        there.forEach((p, extent) -> {
            var position = known.get(p);
            var start =
                    position != null
                                    && position.topic() != null
                                    && Placement.of(position, extent).notice() == null
                            ? position.next()
                            : placed(tx, p, position, extent, reader);
            starts.put(p, start);
        });
        return starts;
    }

    private long placed(
            Db.Tx tx,
            TopicPartition p,
            @Nullable Position position,
            Placement.Extent extent,
            Reader reader) {
        var placement = positions.placement(tx, p, extent, position);
        if (placement.notice() != null) {
            reader.changed(tx, p.topic(), placement.notice());
        }
        return placement.start();
    }

    private void skip(
            Db db, Map<TopicPartition, Placement.Extent> there, Map<TopicPartition, Long> known) {
        var ends = new HashMap<TopicPartition, Long>();
        there.forEach((p, extent) -> {
            if (!matters(p) && extent.ends() > known.getOrDefault(p, 0L)) {
                ends.put(p, extent.ends());
            }
        });
        if (!ends.isEmpty()) {
            db.run(tx -> positions.move(tx, known, ends));
        }
    }

    private void readTo(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> known, Db db, Reader reader) {
        for (int idle = 0; !isRead(ends, known); ) {
            var batch = StreamSupport.stream(consumer.poll(POLL).spliterator(), false).toList();
            var read = new HashMap<TopicPartition, Long>();
            for (var p : ends.keySet()) {
                if (consumer.position(p) > known.getOrDefault(p, 0L)) {
                    read.put(p, consumer.position(p)); // past what ends transactions, too
                }
            }
            if (read.isEmpty() && ++idle > IDLE_POLLS) {
                throw new KafkaException("nothing comes of " + ends.keySet());
            }
            if (!read.isEmpty()) {
                db.run(tx -> {
                    positions.move(tx, known, read); // locked before whatever is written
                    reader.read(tx, batch);
                });
                known.putAll(read);
                idle = 0;
            }
        }
    }

    private static boolean isRead(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> known) {
        return ends.entrySet().stream()
                .allMatch(e -> known.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    private SequencedMap<TopicPartition, Placement.Extent> extents() throws InterruptedException {
        var ids = new TreeMap<TopicPartition, String>(Positions.ORDER);
        for (var asked : admin.describeTopics(topics.keySet()).topicNameValues().entrySet()) {
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
        return extents(ids);
    }

    private SequencedMap<TopicPartition, Placement.Extent> extents(
            Map<TopicPartition, String> ids) {
        Collection<TopicPartition> partitions = ids.keySet();
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var extents = new LinkedHashMap<TopicPartition, Placement.Extent>();
        ids.forEach((p, id) ->
                extents.put(
                        p,
                        new Placement.Extent(
                                id, begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L))));
        return extents;
    }

    private static <T> T get(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause
                    ? cause
                    : new KafkaException(String.valueOf(e.getCause()), e);
        }
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(CLOSE));
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            admin.close(CLOSE);
        }
    }
}
