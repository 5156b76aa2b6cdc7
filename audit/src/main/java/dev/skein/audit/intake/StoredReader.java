// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from where the database says; what a batch does and the position behind it are
 * committed together or not at all.
 */
final class StoredReader {
    private static final Logger LOG = Logger.getLogger(StoredReader.class);
    private static final int PATIENT = 20;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** Reads a batch, while the one before it is stored. */
    interface Handler {
        Stored read(ConsumerRecords<String, byte[]> batch);
    }

    /** Stores what a batch does. */
    interface Stored {
        /** Gives what to do after the commit. */
        Runnable in(Db.Tx tx);
    }

    private record Reading(KafkaConsumer<String, byte[]> consumer, Positions positions) {}

    private final Map<String, Object> kafka;
    private final Db db;
    private final String group;
    private final String instance;
    private final List<String> topics;
    private final int most;
    private final Handler handler;
    private final Loop loop;
    private volatile @Nullable Reading reader;
    private volatile long lag;
    private boolean unplaced;
    private boolean failed;
    private @Nullable Future<?> storing;
    private volatile int inFlight;

    /**
     * @param most records of a batch
     */
    StoredReader(
            Map<String, Object> kafka,
            Db db,
            String group,
            String instance,
            List<String> topics,
            int most,
            Handler handler) {
        this.kafka = kafka;
        this.db = db;
        this.group = group;
        this.instance = instance;
        this.topics = topics;
        this.most = most;
        this.handler = handler;
        this.loop = new Loop(group, this::round, this::failed);
    }

    /** The loop that reads, for as long as the service lives. */
    Loop loop() {
        return loop;
    }

    /** How many records wait to be stored. */
    long lag() {
        return lag + inFlight;
    }

    /** Ends the loop from another thread. */
    void stop() {
        loop.stop();
        var reading = reader;
        if (reading != null) {
            reading.consumer().wakeup();
        }
    }

    /** Lets go of the consumer; the service ends. */
    void close() {
        try {
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("%s: %s", group, e.getMessage()); // it is read again at the next start
        }
        var reading = reader;
        if (reading != null) {
            reading.consumer().close(CloseOptions.timeout(CLOSE));
        }
    }

    private Reading reader() {
        var known = reader;
        if (known == null) {
            var positions = new Positions(cluster());
            var consumer =
                    new KafkaConsumer<>(
                            settings(), new StringDeserializer(), new ByteArrayDeserializer());
            known = new Reading(consumer, positions);
            consumer.subscribe(topics, new SeekToStored(consumer));
            reader = known;
        }
        return known;
    }

    private void round() throws InterruptedException {
        var reading = reader();
        var consumer = reading.consumer();
        try {
            if (unplaced) {
                seek(reading);
            }
            var records = poll(consumer);
            lag = behind(consumer, 0);
            take(records, reading.positions());
        } catch (WakeupException e) {
            loop.stop();
        }
    }

    /** After a failure, what is there again is waited for: a round without it would say nothing. */
    private ConsumerRecords<String, byte[]> poll(KafkaConsumer<String, byte[]> consumer) {
        var records = consumer.poll(POLL);
        for (int n = 1;
                n < PATIENT && failed && records.isEmpty() && behind(consumer, 1) > 0;
                n++) {
            records = consumer.poll(POLL);
        }
        return records;
    }

    /**
     * How many records are to be read.
     *
     * @param unknown what counts for a partition of which that is not known yet
     */
    private static long behind(KafkaConsumer<String, byte[]> consumer, long unknown) {
        return consumer.assignment().stream()
                .mapToLong(p -> consumer.currentLag(p).orElse(unknown))
                .sum();
    }

    /** Reads a batch while the one before it is stored, unless that went wrong lately. */
    private void take(ConsumerRecords<String, byte[]> records, Positions positions)
            throws InterruptedException {
        if (records.isEmpty()) {
            finish();
            inFlight = 0;
            return;
        }
        var next = handler.read(records);
        finish();
        inFlight = records.count();
        begin(() -> store(records, next, positions));
        if (failed) {
            finish(); // a round counts as one only if something was stored
            failed = false;
        }
    }

    private void failed() {
        unplaced = true;
        failed = true;
    }

    private void begin(Runnable batch) {
        var task = new FutureTask<@Nullable Void>(batch, null);
        storing = task;
        Thread.startVirtualThread(task);
    }

    /** Waits for the batch that is being stored, and fails as it did. */
    private void finish() throws InterruptedException {
        var batch = storing;
        storing = null;
        try {
            if (batch != null) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }

    private void store(
            ConsumerRecords<String, byte[]> records, Stored stored, Positions positions) {
        var after =
                db.call(tx -> {
                    var next = stored.in(tx);
                    records.partitions().forEach(p -> move(tx, positions, p, records.records(p)));
                    return next;
                });
        inFlight = 0;
        after.run();
    }

    private static void move(
            Db.Tx tx,
            Positions positions,
            TopicPartition p,
            List<ConsumerRecord<String, byte[]>> records) {
        positions.move(tx, p, records.getFirst().offset(), records.getLast().offset() + 1);
    }

    private void seek(Reading reading) throws InterruptedException {
        finish();
        var consumer = reading.consumer();
        var partitions = consumer.assignment();
        var stored = new HashMap<TopicPartition, Long>();
        db.run(tx -> partitions.forEach(p -> stored.put(p, reading.positions().read(tx, p))));
        stored.forEach(consumer::seek);
        consumer.resume(partitions);
        unplaced = false;
    }

    private String cluster() {
        try (var admin = Admin.create(new HashMap<>(kafka))) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw SkeinException.failed(
                    "Kafka at " + kafka.get("bootstrap.servers"),
                    "it cannot be used (" + e.getCause() + ")",
                    "Is it up, and is kafka.bootstrap.servers right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SkeinException.failed("Kafka", "interrupted", "");
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return settings;
    }

    private final class SeekToStored implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        SeekToStored(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            unplaced = true; // the next round seeks before it reads, as often as it must
        }
    }
}
