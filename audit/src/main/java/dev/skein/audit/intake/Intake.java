// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.log.Log;
import dev.skein.audit.log.Received;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
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

/** Reads journals and decisions; entries and position are committed together or not at all. */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final List<String> TOPICS = List.of(Topics.JOURNAL, Topics.DECISIONS);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final AuditConfig config;
    private final Db db;
    private final Log log;
    private final Counter appended;
    private final Counter duplicates;
    private final Counter anomalies;
    private final AtomicLong lag = new AtomicLong();
    private final Loop loop = new Loop("intake", this::round, () -> unplaced = true);
    private volatile @Nullable Reading reader;
    private boolean unplaced;

    public Intake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            Log log,
            MeterRegistry registry) {
        this.kafka = kafka;
        this.config = config;
        this.db = db;
        this.log = log;
        this.appended = registry.counter("skein.audit.entries");
        this.duplicates = registry.counter("skein.audit.duplicates");
        this.anomalies = registry.counter("skein.audit.anomalies");
        Gauge.builder("skein.audit.lag", lag, AtomicLong::get)
                .description("records in Kafka that are not in the log yet")
                .register(registry);
    }

    /** The loop that reads, for as long as the service lives. */
    public Loop loop() {
        return loop;
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        var reading = reader;
        if (reading != null) {
            reading.consumer().wakeup();
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
            consumer.subscribe(TOPICS, new SeekToStored(consumer));
            reader = known;
        }
        return known;
    }

    private void round() {
        var reading = reader();
        var consumer = reading.consumer();
        try {
            if (unplaced) {
                seek(reading);
            }
            var records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                append(records, reading.positions());
            }
            lag.set(lagOf(consumer));
        } catch (WakeupException e) {
            loop.stop();
        }
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        var reading = reader;
        if (reading != null) {
            reading.consumer().close(CloseOptions.timeout(CLOSE));
        }
    }

    private void append(ConsumerRecords<String, byte[]> records, Positions positions) {
        var batch = new ArrayList<Received>();
        records.forEach(record -> read(record, batch));
        var done =
                db.call(tx -> {
                    var result = log.append(tx, batch, Reader::parked);
                    records.partitions().forEach(p -> move(tx, positions, p, records.records(p)));
                    return result;
                });
        appended.increment(done.entries());
        duplicates.increment(done.duplicates());
        anomalies.increment(done.anomalies());
        if (done.anomalies() > 0) {
            LOG.errorf("audit anomalies=%d: look into the table anomaly", done.anomalies());
        }
    }

    private static void read(ConsumerRecord<String, byte[]> record, List<Received> batch) {
        try {
            if (record.value() != null) {
                batch.add(Reader.read(record.topic(), record.value()));
            }
        } catch (SkeinException e) {
            // It stays in the topic; its source shows a gap, which is what happened.
            LOG.errorf(
                    "unreadable record topic=%s partition=%d offset=%d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private static void move(
            Db.Tx tx,
            Positions positions,
            TopicPartition p,
            List<ConsumerRecord<String, byte[]>> records) {
        positions.move(tx, p, records.getFirst().offset(), records.getLast().offset() + 1);
    }

    private static long lagOf(KafkaConsumer<String, byte[]> consumer) {
        return consumer.assignment().stream()
                .mapToLong(p -> consumer.currentLag(p).orElse(0L))
                .sum();
    }

    private void seek(Reading reading) {
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
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "skein-audit");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return settings;
    }

    private record Reading(KafkaConsumer<String, byte[]> consumer, Positions positions) {}

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
