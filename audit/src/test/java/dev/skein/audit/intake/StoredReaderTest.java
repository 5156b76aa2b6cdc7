// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.testing.Containers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A batch is stored while the next one is read; whatever fails, each record counts once. */
@EnabledIf(
        value = "dev.skein.engine.testing.Containers#areThereIfWanted",
        disabledReason = "no container engine answers")
class StoredReaderTest extends OnAuditDatabase {
    private static final int RECORDS = 3000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static @Nullable BrokerProcess broker;
    private static String bootstrap = "";

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeAll
    static void kafka() throws IOException {
        if (Containers.areWanted()) {
            bootstrap = Containers.kafka();
            return;
        }
        var home = Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target");
        broker = BrokerProcess.start(home, Files.createTempDirectory("skein-broker"));
        bootstrap = broker.bootstrap();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void table() {
        database.run("CREATE TABLE got (part int, at bigint, PRIMARY KEY (part, at))");
    }

    /** A topic of three partitions with so many records. */
    private static String topic(String name, int records) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
        try (var admin = Admin.create(settings);
                var producer =
                        new KafkaProducer<>(
                                settings, new StringSerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
            var sent = new ArrayList<Future<?>>();
            for (int i = 0; i < records; i++) {
                sent.add(producer.send(new ProducerRecord<>(name, "k" + i, new byte[] {1})));
            }
            for (var one : sent) {
                one.get();
            }
        }
        return name;
    }

    /**
     * @param fails whether the nth batch that is to be stored fails, after its rows were written
     */
    private StoredReader reader(String topic, IntPredicate fails) {
        return new StoredReader(
                Map.of("bootstrap.servers", bootstrap),
                db,
                topic,
                topic + "-1",
                List.of(topic),
                100,
                batch -> {
                    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
                    batch.forEach(records::add);
                    return tx -> store(tx, records, fails);
                });
    }

    private Runnable store(
            Db.Tx tx, List<ConsumerRecord<String, byte[]>> records, IntPredicate fails) {
        tx.send(
                "INSERT INTO got SELECT * FROM unnest($1::int[], $2::bigint[])",
                records.stream().map(ConsumerRecord::partition).toArray(Integer[]::new),
                records.stream().map(ConsumerRecord::offset).toArray(Long[]::new));
        if (fails.test(stored.incrementAndGet())) {
            failures.incrementAndGet();
            throw SkeinException.failed("Batch", "it fails in this test", "");
        }
        return () -> {};
    }

    private static void run(StoredReader reader, Runnable meanwhile) throws InterruptedException {
        var thread = Thread.ofPlatform().start(reader.loop());
        try {
            meanwhile.run();
        } finally {
            reader.stop();
            thread.join();
            reader.close();
        }
    }

    private long count() {
        return Long.parseLong(database.value("SELECT count(*) FROM got"));
    }

    @Test
    void eachRecordIsStoredOnceThoughBatchesFail() throws Exception {
        var reader = reader(topic("failing", RECORDS), n -> n == 2 || n == 3 || n == 9);
        run(
                reader,
                () -> await().atMost(LONG).until(() -> count() == RECORDS && reader.lag() == 0));
        assertThat(failures).hasValue(3);
        assertThat(database.value("SELECT sum(next_offset) FROM kafka_position"))
                .isEqualTo(String.valueOf(RECORDS));
    }

    @Test
    void anotherOneGoesOnWhereThisOneEnded() throws Exception {
        var topic = topic("ending", RECORDS);
        run(reader(topic, n -> false), () -> await().atMost(LONG).until(() -> count() > 0));
        var last = reader(topic, n -> false);
        run(last, () -> await().atMost(LONG).until(() -> count() == RECORDS && last.lag() == 0));
    }

    @Test
    void whoStoresNothingDoesNotTurn() throws Exception {
        var reader = reader(topic("broken", 10), n -> true);
        run(
                reader,
                () -> {
                    await().atMost(LONG).until(() -> failures.get() >= 4);
                    assertThat(reader.loop().sinceLastTurn()).isGreaterThan(Duration.ofSeconds(2));
                    assertThat(reader.lag()).isPositive();
                });
        assertThat(count()).isZero();
    }
}
