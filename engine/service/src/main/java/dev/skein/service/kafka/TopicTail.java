// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from where the database says to where they end now: each process for itself, all
 * partitions. What is read and the position behind it are committed together.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int IDLE_POLLS = 30;

    private final Admin admin;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Boolean> topics;
    private final PositionStore positions;
    private final TopicRanges ranges;

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
        this.positions = new PositionStore(TopicRanges.get(admin.describeCluster().clusterId()));
        this.consumer =
                new KafkaConsumer<>(
                        ClientSettings.alone(kafka),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        this.ranges = new TopicRanges(admin, consumer);
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
        var admin = Admin.create(ClientSettings.admin(kafka));
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
        var before = db.call(tx -> positions.find(tx, topics.keySet()));
        var there = ranges.find(topics.keySet());
        Map<TopicPartition, Long> known =
                new HashMap<>(db.call(tx -> placed(tx, before, there, reader)));
        skip(db, there, known);
        var ends = unread(there, known, true);
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
            SequencedMap<TopicPartition, Placement.OffsetRange> there,
            Reader reader) {
        var starts = new LinkedHashMap<TopicPartition, Long>();
        there.forEach((p, range) -> {
            var position = known.get(p);
            var start =
                    position != null
                                    && position.topic() != null
                                    && Placement.of(position, range).notice() == null
                            ? position.next()
                            : placed(tx, p, position, range, reader);
            starts.put(p, start);
        });
        return starts;
    }

    private long placed(
            Db.Tx tx,
            TopicPartition p,
            @Nullable Position position,
            Placement.OffsetRange range,
            Reader reader) {
        var placement = positions.placement(tx, p, range, position);
        if (placement.notice() != null) {
            reader.changed(tx, p.topic(), placement.notice());
        }
        return placement.start();
    }

    private void skip(
            Db db,
            Map<TopicPartition, Placement.OffsetRange> there,
            Map<TopicPartition, Long> known) {
        var ends = unread(there, known, false);
        if (!ends.isEmpty()) {
            db.run(tx -> positions.move(tx, known, ends));
        }
    }

    /** The ends of partitions that were not read up to them, of topics that matter or do not. */
    private Map<TopicPartition, Long> unread(
            Map<TopicPartition, Placement.OffsetRange> there,
            Map<TopicPartition, Long> known,
            boolean mattering) {
        var ends = new HashMap<TopicPartition, Long>();
        there.forEach((p, range) -> {
            if (matters(p) == mattering && known.getOrDefault(p, 0L) < range.ends()) {
                ends.put(p, range.ends());
            }
        });
        return ends;
    }

    private void readTo(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> known, Db db, Reader reader) {
        for (int idle = 0; !isRead(ends, known); ) {
            var batch = StreamSupport.stream(consumer.poll(POLL).spliterator(), false).toList();
            var read = readBeyond(known, ends.keySet());
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

    private Map<TopicPartition, Long> readBeyond(
            Map<TopicPartition, Long> known, Set<TopicPartition> partitions) {
        var read = new HashMap<TopicPartition, Long>();
        for (var p : partitions) {
            if (consumer.position(p) > known.getOrDefault(p, 0L)) {
                read.put(p, consumer.position(p)); // past what ends transactions, too
            }
        }
        return read;
    }

    private static boolean isRead(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> known) {
        return ends.entrySet().stream()
                .allMatch(e -> known.getOrDefault(e.getKey(), 0L) >= e.getValue());
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
