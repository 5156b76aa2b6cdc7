// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.testing.ContainerCondition;
import dev.skein.service.database.Db;
import dev.skein.service.testing.TestProducer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot wait is done before what was read earlier is stored, and each record counts once. */
@ExtendWith(ContainerCondition.class)
class ReadAheadTest extends OnTopics {
    private static final int BATCH = 100;
    private static final int BEFORE = 3 * BATCH;
    private static final byte[] URGENT = {2};
    private static final Duration LONG = Duration.ofMinutes(2);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();

    private static boolean isUrgent(ConsumerRecord<String, byte[]> record) {
        return record.value()[0] == URGENT[0];
    }

    private RecordHandler.Stored read(List<ConsumerRecord<String, byte[]>> batch) {
        return new RecordHandler.Stored() {
            @Override
            public Runnable in(Db.Tx tx) {
                hold();
                insert(tx, batch);
                return () -> {};
            }

            @Override
            public Optional<RecordHandler.Stored> first() {
                var urgent = batch.stream().filter(ReadAheadTest::isUrgent).toList();
                return urgent.isEmpty() ? Optional.empty() : Optional.of(tx -> told(tx, urgent));
            }
        };
    }

    /** The first batch is not stored before what is urgent was told. */
    private void hold() {
        begun.countDown();
        try {
            assertThat(first.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Runnable told(Db.Tx tx, List<ConsumerRecord<String, byte[]>> urgent) {
        if (again.getAndIncrement() == 0) {
            throw new IllegalStateException("what fails is done in its turn");
        }
        insert(tx, urgent);
        return () -> {
            done.incrementAndGet();
            first.countDown();
        };
    }

    private static void insert(Db.Tx tx, List<ConsumerRecord<String, byte[]>> records) {
        tx.send(
                """
                INSERT INTO got SELECT * FROM unnest($1::int[], $2::bigint[]) ON CONFLICT DO NOTHING
                """,
                records.stream().map(ConsumerRecord::partition).toArray(Integer[]::new),
                records.stream().map(ConsumerRecord::offset).toArray(Long[]::new));
    }

    @Test
    void whatCannotWaitWaitsForNobody() throws Exception {
        create("urgent");
        try (var producer = TestProducer.of(settings())) {
            for (int n = 0; n < BEFORE; n++) {
                var _ = producer.send(new ProducerRecord<>("urgent", 0, "k" + n, new byte[] {1}));
            }
            producer.flush();
            var topics = List.of("urgent");
            var settings = new TopicConnection.Settings(settings(), "urgent", "one", topics, BATCH);
            var reader = new TopicReader(settings.ahead(5), db, this::read);
            var thread = Thread.ofPlatform().start(reader.loop());
            try {
                begun.await();
                for (int n = 0; n < 2; n++) {
                    producer.send(new ProducerRecord<>("urgent", 1, "u" + n, URGENT)).get();
                    await().atMost(LONG).until(() -> again.get() > 0);
                }
                await().atMost(LONG).until(() -> done.get() > 0 && reader.isCaughtUp());
            } finally {
                reader.stop();
                thread.join();
                reader.close();
            }
        }
        assertThat(database.value("SELECT count(*) FROM got")).isEqualTo("" + (BEFORE + 2));
        assertThat(database.value("SELECT sum(next_offset) FROM kafka_position"))
                .isEqualTo("" + (BEFORE + 2));
    }
}
