// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.store.PositionStore;
import dev.skein.engine.Loop;
import dev.skein.engine.postgres.Db;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Reads topics from where the database says, and stores effect and position in one transaction.
 * What cannot be stored is read again.
 */
final class Feed implements Runnable {
    private static final Logger LOG = Logger.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** Stores a batch's effect; gives what to do after the commit. */
    interface Handler {
        Runnable store(Db.Tx tx, List<ConsumerRecord<String, byte[]>> batch);
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Collection<String> topics;
    private final Db db;
    private final PositionStore positions;
    private final String cluster;
    private final Handler handler;
    private final Loop loop;
    private volatile long lag;
    private boolean unplaced;

    Feed(
            KafkaConsumer<String, byte[]> consumer,
            Collection<String> topics,
            Db db,
            PositionStore positions,
            String cluster,
            Handler handler) {
        this.consumer = consumer;
        this.topics = topics;
        this.db = db;
        this.positions = positions;
        this.cluster = cluster;
        this.handler = handler;
        this.loop = new Loop("feed " + topics, this::round, () -> unplaced = true);
    }

    @Override
    public void run() {
        consumer.subscribe(topics, new SeekToStored());
        loop.run();
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE));
    }

    private void round() {
        try {
            if (unplaced) {
                seek(consumer.assignment());
                consumer.resume(consumer.assignment());
                unplaced = false;
            }
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                store(records);
            }
            lag =
                    consumer.assignment().stream()
                            .mapToLong(p -> consumer.currentLag(p).orElse(0L))
                            .sum();
        } catch (WakeupException e) {
            loop.stop();
        }
    }

    /** Ends {@link #run} from another thread. */
    void stop() {
        loop.stop();
        consumer.wakeup();
    }

    Loop loop() {
        return loop;
    }

    /** How many records wait in Kafka. */
    long lag() {
        return lag;
    }

    private void store(ConsumerRecords<String, byte[]> records) {
        var batch = StreamSupport.stream(records.spliterator(), false).toList();
        var after =
                db.call(tx -> {
                    var next = handler.store(tx, batch);
                    records.partitions().forEach(p -> move(tx, p, records.records(p)));
                    return next;
                });
        LOG.debugf("stored %d records of %s", batch.size(), topics);
        after.run();
    }

    private void move(
            Db.Tx tx, TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        positions.move(
                tx,
                cluster,
                partition.topic(),
                partition.partition(),
                records.getFirst().offset(),
                records.getLast().offset() + 1);
    }

    private void seek(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> stored = new HashMap<>();
        db.run(tx ->
                partitions.forEach(
                        p -> stored.put(p, positions.read(tx, cluster, p.topic(), p.partition()))));
        stored.forEach(consumer::seek);
    }

    private final class SeekToStored implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            unplaced = true; // the next round seeks before it reads, as often as it must
        }
    }
}
