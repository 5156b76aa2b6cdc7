// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.engine.testing.ContainerCondition;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import dev.skein.service.testing.TestProducer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A batch is stored while the next one is read; whatever fails, each record counts once. */
@ExtendWith(ContainerCondition.class)
class TopicReaderTest extends OnTopics {
    private static final int RECORDS = 3000;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Logger LOOPS = Logger.getLogger(ServiceLoop.class.getName());

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * @param fails whether the nth batch that is to be stored fails, after its rows were written
     */
    private TopicReader reader(String topic, IntPredicate fails) {
        return reading(topic, batch -> tx -> store(tx, batch, fails));
    }

    private TopicReader reading(String topic, RecordHandler handler) {
        var settings = new TopicConnection.Settings(settings(), topic, "one", List.of(topic), 100);
        return new TopicReader(settings, db, handler);
    }

    private Runnable store(
            Db.Tx tx, List<ConsumerRecord<String, byte[]>> records, IntPredicate fails) {
        insert(tx, records);
        if (fails.test(stored.incrementAndGet())) {
            failures.incrementAndGet();
            throw new Unreachable("Batch", "it fails in this test", "", true, null);
        }
        return () -> {};
    }

    private static void insert(Db.Tx tx, List<ConsumerRecord<String, byte[]>> records) {
        tx.send(
                "INSERT INTO got SELECT * FROM unnest($1::int[], $2::bigint[])",
                records.stream().map(ConsumerRecord::partition).toArray(Integer[]::new),
                records.stream().map(ConsumerRecord::offset).toArray(Long[]::new));
    }

    private static void run(TopicReader reader, Runnable meanwhile) throws InterruptedException {
        var thread = Thread.ofPlatform().start(reader.loop());
        try {
            meanwhile.run();
        } finally {
            reader.stop();
            thread.join();
            reader.close();
        }
    }

    /** The same beside another one. */
    private static void beside(TopicReader reader, Runnable meanwhile) {
        quietly(() -> run(reader, meanwhile));
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
        assertThat(database.value("SELECT count(*) FROM topic_notice")).isEqualTo("0");
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

    /** Whether a record is one of those that this test takes for bad. */
    private static boolean isBad(ConsumerRecord<String, byte[]> record) {
        return record.offset() % 100 == 7;
    }

    private static List<ConsumerRecord<String, byte[]>> readable(
            List<ConsumerRecord<String, byte[]>> batch) {
        if (batch.stream().anyMatch(TopicReaderTest::isBad)) {
            throw SkeinException.failed("Record", "it is bad\0 in this test", "");
        }
        return batch;
    }

    private void expectBadOnesAside(TopicReader reader) throws InterruptedException {
        run(
                reader,
                () ->
                        await().atMost(LONG)
                                .until(() ->
                                        reader.isCaughtUp() && count() > 0 && reader.lag() == 0));
        assertThat(database.value("SELECT count(*) FROM got WHERE at % 100 = 7")).isEqualTo("0");
        var aside = Long.parseLong(database.value("SELECT sum(times) FROM dead_letter"));
        assertThat(aside).isPositive();
        assertThat(count() + aside).isEqualTo(RECORDS);
        assertThat(database.value("SELECT sum(next_offset) FROM kafka_position"))
                .isEqualTo(String.valueOf(RECORDS));
    }

    @Test
    void aRecordThatNobodyCanReadIsPutAsideAndTheOthersGoOn() throws Exception {
        expectBadOnesAside(
                reading(
                        topic("unreadable", RECORDS),
                        batch -> {
                            var readable = readable(batch);
                            return tx -> {
                                insert(tx, readable);
                                return () -> {};
                            };
                        }));
        assertThat(database.value("SELECT reason FROM dead_letter"))
                .isEqualTo("Record: it is bad\\u0000 in this test");
    }

    @Test
    void aRecordThatTheDatabaseRefusesIsPutAsideAndTheOthersGoOn() throws Exception {
        database.run("ALTER TABLE got ADD CHECK (at % 100 <> 7)");
        expectBadOnesAside(reader(topic("refused", RECORDS), n -> false));
        assertThat(database.value("SELECT reason FROM dead_letter")).contains("23514");
    }

    @Test
    void aCodeThatStumblesOverARecordPutsItAside() throws Exception {
        expectBadOnesAside(
                reading(
                        topic("stumbling", RECORDS),
                        batch ->
                                tx -> {
                                    insert(tx, batch);
                                    if (batch.stream().anyMatch(TopicReaderTest::isBad)) {
                                        throw new ArithmeticException("it stumbles in this test");
                                    }
                                    return () -> {};
                                }));
    }

    @Test
    void aTopicMadeAnewIsReadFromItsBeginningAndNoted() throws Exception {
        var topic = topic("anew", 300);
        var first = reader(topic, n -> false);
        run(first, () -> await().atMost(LONG).until(() -> count() == 300 && first.isCaughtUp()));
        database.run("DELETE FROM got");
        delete(topic);
        topic(topic, 500);
        var second = reader(topic, n -> false);
        run(second, () -> await().atMost(LONG).until(() -> count() == 500 && second.isCaughtUp()));
        assertThat(database.value("SELECT string_agg(DISTINCT kind, ',') FROM topic_notice"))
                .isEqualTo("RECREATED");
    }

    @Test
    void whatADatabaseForgotIsReadAgainWithoutARestart() throws Exception {
        var topic = topic("forgotten", 300);
        var reader = reader(topic, n -> false);
        run(
                reader,
                () -> {
                    await().atMost(LONG).until(() -> count() == 300 && reader.isCaughtUp());
                    database.run(
                            "DELETE FROM got WHERE at >= 10; UPDATE kafka_position SET next_offset"
                                    + " = 10");
                    await().atMost(LONG).until(() -> count() == 300);
                });
    }

    @Test
    void aTopicThatIsMadeAnewUnderItsReaderIsReadFromItsBeginning() throws Exception {
        var topic = topic("exchanged", 30);
        var reader = reader(topic, n -> false);
        run(
                reader,
                () -> {
                    await().atMost(LONG).until(() -> count() == 30 && reader.isCaughtUp());
                    database.run("DELETE FROM got");
                    quietly(() -> delete(topic));
                    quietly(() -> topic(topic, 300));
                    await().atMost(LONG).until(() -> count() == 300);
                });
        assertThat(database.value("SELECT string_agg(DISTINCT kind, ',') FROM topic_notice"))
                .isEqualTo("RECREATED");
    }

    private static void delete(String topic) throws Exception {
        try (var admin = Admin.create(settings())) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topic));
        }
    }

    @Test
    void recordsThatWereRemovedUnreadAreNoted() throws Exception {
        var topic = topic("expired", 300);
        var first = reader(topic, n -> false);
        run(first, () -> await().atMost(LONG).until(() -> count() == 300 && first.isCaughtUp()));
        send(topic, 300, new byte[] {2});
        try (var admin = Admin.create(settings())) {
            var all = RecordsToDelete.beforeOffset(-1);
            var partition = new TopicPartition(topic, 1);
            admin.deleteRecords(java.util.Map.of(partition, all)).all().get();
        }
        var second = reader(topic, n -> false);
        run(second, () -> await().atMost(LONG).until(() -> second.isCaughtUp()));
        assertThat(database.value("SELECT part || kind FROM topic_notice")).isEqualTo("1EXPIRED");
        assertThat(
                        database.value(
                                "SELECT begins - next_offset = 600 - (SELECT count(*) FROM got)"
                                        + " FROM topic_notice"))
                .isEqualTo("true");
    }

    @Test
    void anotherClusterIsNoted() throws Exception {
        var topic = topic("moved", 30);
        database.run(
                "INSERT INTO kafka_position (cluster, topic, part, next_offset)"
                        + " VALUES ('elsewhere', 'moved', 0, 5)");
        var reader = reader(topic, n -> false);
        run(reader, () -> await().atMost(LONG).until(() -> count() == 30));
        assertThat(database.value("SELECT part || kind FROM topic_notice"))
                .isEqualTo("0OTHER_CLUSTER");
    }

    @Test
    void whoStaysHomeReadsNothingOfAnotherClusterBeforeSomebodyTakesNote() throws Exception {
        var topic = topic("abroad", 30);
        database.run(
                "INSERT INTO kafka_position (cluster, topic, part, next_offset)"
                        + " VALUES ('elsewhere', 'abroad', 0, 5)");
        var reader = atHome(topic);
        run(
                reader,
                () -> {
                    var notices = "SELECT count(*) FROM topic_notice";
                    await().atMost(LONG).until(() -> database.value(notices).equals("1"));
                    await().atMost(LONG)
                            .until(() -> reader.loop().sinceLastTurn().toSeconds() >= 3);
                    assertThat(count()).isZero();
                    assertThat(reader.isCaughtUp()).isFalse();
                    TopicNotices.acknowledge(db, new TopicNotices.Named(topic), "joe");
                    await().atMost(LONG).until(() -> count() == 30);
                });
    }

    @Test
    void whoComesHomeGoesOnAndForgetsWhereItWasRefused() throws Exception {
        var topic = topic("home", 30);
        run(atHome(topic), () -> await().atMost(LONG).until(() -> count() == 30));
        database.run(
                """
                INSERT INTO kafka_position (cluster, topic, part, next_offset) VALUES ('elsewhere', 'home', 0, 7);
                INSERT INTO topic_notice (cluster, topic, part, kind, next_offset, begins)
                VALUES ('elsewhere', 'home', 0, 'OTHER_CLUSTER', 0, 7)
                """);
        sendQuietly(topic, 20);
        run(atHome(topic), () -> await().atMost(LONG).until(() -> count() == 50));
        assertThat(
                        database.value(
                                "SELECT count(*) FROM kafka_position WHERE cluster = 'elsewhere'"))
                .isEqualTo("0");
    }

    private TopicReader atHome(String topic) {
        var settings =
                new TopicConnection.Settings(settings(), topic, "one", List.of(topic), 100)
                        .stayingHome();
        return new TopicReader(settings, db, batch -> tx -> store(tx, batch, n -> false));
    }

    @Test
    void onlyWhatComesWhileItListensIsFresh() throws Exception {
        var topic = topic("fresh", 30);
        var reader =
                reading(
                        topic,
                        new RecordHandler() {
                            @Override
                            public Stored read(List<ConsumerRecord<String, byte[]>> batch) {
                                throw new IllegalStateException("nobody says what is fresh");
                            }

                            @Override
                            public Stored read(
                                    List<ConsumerRecord<String, byte[]>> batch,
                                    Predicate<ConsumerRecord<String, byte[]>> isFresh) {
                                return tx -> {
                                    insert(tx, batch.stream().filter(isFresh).toList());
                                    return () -> {};
                                };
                            }
                        });
        run(
                reader,
                () -> {
                    await().atMost(LONG).until(reader::isCaughtUp);
                    assertThat(count()).isZero();
                    sendQuietly(topic, 20);
                    await().atMost(LONG).until(() -> count() == 20);
                });
    }

    private boolean tellsOfTwins(String line) {
        return line.contains("Instance one: another process reads by this name")
                && line.contains("skein.api.instance");
    }

    @Test
    void twoOfOneNameBothGoOn() throws Exception {
        var topic = topic("twins", RECORDS);
        var one = reader(topic, n -> false);
        var two = reader(topic, n -> false);
        var said = new LetterLogTest.Lines();
        run(
                one,
                () -> {
                    await().atMost(LONG).until(() -> count() == RECORDS);
                    LOOPS.addHandler(said);
                    beside(two, () -> expectTwins(topic, said, one, two));
                    sendQuietly(topic, 300);
                    // By the one that is left.
                    await().atMost(LONG).until(() -> count() == RECORDS + 600);
                });
    }

    private void expectTwins(
            String topic, LetterLogTest.Lines said, TopicReader one, TopicReader two) {
        try {
            await().atMost(LONG).until(() -> two.isCaughtUp() && one.isCaughtUp());
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(said.all).anyMatch(this::tellsOfTwins));
        } finally {
            LOOPS.removeHandler(said);
        }
        sendQuietly(topic, 300);
        await().atMost(LONG).until(() -> count() == RECORDS + 300);
    }

    private TopicReader member(String topic, String instance, Db of, RecordHandler handler) {
        var settings =
                new TopicConnection.Settings(settings(), topic, instance, List.of(topic), 100);
        return new TopicReader(settings, of, handler);
    }

    @Test
    void whoLosesItsDatabaseLeavesItsPartitionsToOthers() throws Exception {
        var topic = topic("split", 300);
        var options = options();
        var proxy = new SilentProxy(options.getPort());
        var pool = pool(options().setHost("127.0.0.1").setPort(proxy.port()));
        var storedByOne = new AtomicInteger();
        var one =
                member(
                        topic,
                        "one",
                        new Db("far", pool),
                        batch ->
                                tx -> {
                                    insert(tx, batch);
                                    return () -> storedByOne.addAndGet(batch.size());
                                });
        var two = member(topic, "two", db, batch -> tx -> store(tx, batch, n -> false));
        run(
                one,
                () -> {
                    await().atMost(LONG).until(() -> count() == 300);
                    beside(
                            two,
                            () -> {
                                awaitShared(topic, storedByOne);
                                quietly(proxy::close);
                                long before = count();
                                sendQuietly(topic, 300);
                                await().atMost(LONG).until(() -> count() == before + 300);
                            });
                });
        db.await(pool.close());
    }

    @Test
    void whatWaitsIsCountedWhileNothingCanBeStored() throws Exception {
        var topic = topic("waiting", 30);
        var options = options();
        var proxy = new SilentProxy(options.getPort());
        var pool = pool(options().setHost("127.0.0.1").setPort(proxy.port()));
        var reader =
                member(
                        topic,
                        "one",
                        new Db("far", pool),
                        batch -> tx -> store(tx, batch, n -> false));
        run(
                reader,
                () -> {
                    await().atMost(LONG).until(() -> count() == 30 && reader.isCaughtUp());
                    assertThat(reader.measuredLag()).isZero();
                    await().atMost(LONG)
                            .until(() -> reader.behindFor().compareTo(Duration.ofSeconds(3)) < 0);
                    quietly(proxy::close);
                    sendQuietly(topic, 50);
                    await().atMost(LONG).until(() -> reader.lag() == 50);
                    await().atMost(LONG).until(() -> Double.isNaN(reader.measuredLag()));
                    var before = reader.behindFor();
                    await().atMost(LONG)
                            .until(() -> reader.behindFor().compareTo(before.plusSeconds(5)) > 0);
                });
        db.await(pool.close());
    }

    /** Waits until each of two has partitions. */
    private void awaitShared(String topic, AtomicInteger storedByOne) {
        await().atMost(LONG)
                .until(() -> {
                    int byOne = storedByOne.get();
                    int byTwo = stored.get();
                    long before = count();
                    sendQuietly(topic, 30);
                    await().atMost(LONG).until(() -> count() == before + 30);
                    return storedByOne.get() > byOne && stored.get() > byTwo;
                });
    }

    private static void sendQuietly(String topic, int records) {
        quietly(() -> send(topic, records, new byte[] {2}));
    }

    private static void quietly(ThrowingCallable work) {
        assertThatCode(work).doesNotThrowAnyException();
    }

    @Test
    void whatComesOneByOneIsStoredTogetherWhereItMayWait() throws Exception {
        create("trickling");
        var batches = new AtomicInteger();
        RecordHandler counting =
                batch -> {
                    batches.incrementAndGet();
                    return tx -> {
                        insert(tx, batch);
                        return () -> {};
                    };
                };
        var topics = List.of("trickling");
        var settings = new TopicConnection.Settings(settings(), "trickling", "one", topics, 100);
        run(
                new TopicReader(settings.gathering(), db, counting),
                () -> {
                    quietly(() -> trickle("trickling", 500));
                    await().atMost(LONG).until(() -> count() == 500);
                });
        assertThat(batches.get()).isLessThan(250);
    }

    /** Sends records one by one. */
    private static void trickle(String topic, int records) throws Exception {
        try (var producer = TestProducer.of(settings())) {
            for (int n = 0; n < records; n++) {
                producer.send(new ProducerRecord<>(topic, "k" + n, new byte[] {1})).get();
            }
        }
    }
}
