// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.Json;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The one agent of a site with many databases: it gives signs of life, and has done what a
 * directive says as soon as it has read it.
 */
final class FleetAgent implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String site;
    private final String id;
    private final Map<String, SimulatedDatabase> databases = new LinkedHashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, Object> settings;
    private final Instant started = Instant.now();
    private final Thread thread;
    private final AtomicLong directives = new AtomicLong();
    private volatile long lastDirective;
    private volatile long failedAt;
    private volatile long heldAt;
    private volatile String failing = "";
    private volatile @Nullable Exception failure;
    private volatile boolean closed;

    FleetAgent(String bootstrap, String site) {
        this.site = site;
        this.id = site + "-1";
        this.settings = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "linger.ms",
                                2,
                                "batch.size",
                                1 << 18),
                        new StringSerializer(),
                        new ByteArraySerializer());
        this.thread = Thread.ofPlatform().daemon().name("agent " + id).unstarted(this::work);
    }

    void add(SimulatedDatabase database) {
        databases.put(database.uid(), database);
    }

    /** Begins to live; the topics are there. */
    void start() {
        beat();
        thread.start();
    }

    /** Sends a history of each database. */
    void sendHistories(String revision, int entries) {
        for (var database : databases.values()) {
            send(database.uid(), database.history(revision, entries));
        }
        producer.flush();
    }

    /** Reports so many databases, one after the other, from the first one on. */
    void report(Collection<SimulatedDatabase> some) {
        for (var database : some) {
            send(Topics.INVENTORY, database.uid(), database.report(id));
        }
        producer.flush();
    }

    Collection<SimulatedDatabase> databases() {
        return databases.values();
    }

    /** Lets the next directive for a database fail; empty for none. */
    void failing(String uid) {
        failing = uid;
    }

    /** When a failure was sent, by {@link System#nanoTime}; 0 for never. */
    long failedAt() {
        return failedAt;
    }

    /** When the first one to stop came after that; 0 for never. */
    long heldAt() {
        return heldAt;
    }

    /** How many directives to migrate have come. */
    long directives() {
        return directives.get();
    }

    /** When the last of them came, by {@link System#nanoTime}. */
    long lastDirective() {
        return lastDirective;
    }

    private void work() {
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topics.directives(site), p))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long beaten = System.nanoTime();
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        take(Json.read(record.value(), Directive.class));
                    }
                }
                if (System.nanoTime() - beaten > BEAT.toNanos()) {
                    beaten = System.nanoTime();
                    beat();
                }
            }
        }
    }

    private void take(Directive directive) {
        var database = databases.get(directive.uid());
        if (directive.action() == Directive.Action.MIGRATE) {
            directives.incrementAndGet();
            lastDirective = System.nanoTime();
        } else if (heldAt == 0) {
            heldAt = System.nanoTime();
        }
        if (database == null || database.isPast(directive)) {
            return;
        }
        if (directive.action() == Directive.Action.HOLD) {
            return; // it was done before that could be asked
        }
        if (directive.uid().equals(failing)) {
            failing = "";
            send(directive.uid(), database.fail(directive));
            failedAt = System.nanoTime();
        } else {
            send(directive.uid(), database.follow(directive));
        }
        send(Topics.INVENTORY, directive.uid(), database.report(id));
    }

    private void beat() {
        var now = Instant.now();
        send(
                Topics.AGENTS,
                id,
                new Heartbeat(
                        id,
                        site,
                        started,
                        databases.size(),
                        0,
                        15,
                        now,
                        List.of(15),
                        List.of(),
                        List.of("main"),
                        null));
    }

    private void send(String uid, List<JournalRecord> entries) {
        entries.forEach(entry -> send(Topics.JOURNAL, uid, entry));
    }

    private void send(String topic, String key, Object value) {
        if (failure != null) {
            throw new IllegalStateException("a record could not be sent", failure);
        }
        var _ =
                producer.send(
                        new ProducerRecord<>(topic, key, Json.bytes(value)),
                        (sent, error) -> failure = error == null ? failure : error);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
