// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.api.testing.OnApiDatabase;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.ResendRequest;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.testing.Mutations;
import dev.skein.service.testing.MadeTopics;
import dev.skein.service.testing.TestProducer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever agents send, what is good among it arrives, and nothing is lost. */
class ApiGarbageTest extends OnApiDatabase {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));
    private static final int EACH = Integer.getInteger("skein.test.garbage", 10_000);
    private static final int LARGEST = 900_000;

    /** A good record comes behind so many that may be anything. */
    private static final int GOOD_AFTER = 200;

    private static final int GOOD = EACH / GOOD_AFTER;
    private static final Instant LONG_AGO = Instant.parse("2026-11-01T00:00:00Z");
    private static final Map<String, String> TYPES =
            new TreeMap<>(
                    Map.of(
                            Topics.JOURNAL, "journal-entry",
                            Topics.INVENTORY, "database-report",
                            Topics.AGENTS, "heartbeat",
                            Topics.REPLIES, "reply",
                            Topics.RECALLS, "recall"));

    @TempDir Path folder;

    private final List<String> asked = new ArrayList<>();

    private static byte[] golden(String type) throws Exception {
        return Files.readAllBytes(
                ROOT.resolve("engine/src/test/resources/event/v1/" + type + ".json"));
    }

    private static String uid(int n) {
        return Digests.hex(Digests.sha256(("good " + n).getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    /** A record as it ought to be: what becomes of it is to be seen in the tables. */
    private Object good(String topic, int n) {
        return switch (topic) {
            case Topics.JOURNAL -> step(n);
            case Topics.INVENTORY -> report(n);
            case Topics.AGENTS ->
                    new Heartbeat("good-" + n, "eu", LONG_AGO, 1, 0, 15, LONG_AGO, null);
            case Topics.REPLIES ->
                    new Reply(asked.get(n), uid(n), "eu-1", LONG_AGO, "good " + n, null);
            default -> new ResendRequest("rollout/good-" + n, 1);
        };
    }

    private static DatabaseReport report(int n) {
        return new DatabaseReport(
                uid(n),
                "eu",
                "main",
                "good-" + n,
                "eu-1",
                List.of(),
                "i1",
                0,
                null,
                0,
                null,
                null,
                1000,
                15,
                Map.of(),
                null,
                null,
                LONG_AGO);
    }

    /** An entry with which a rollout's work on a database begins. */
    private static JournalRecord step(int n) {
        var envelope =
                new Envelope(
                        1,
                        uid(n),
                        "i1",
                        1,
                        EntryKind.APPLIED,
                        List.of("a"),
                        "ann",
                        LONG_AGO.toString(),
                        "00",
                        "a",
                        "0".repeat(64),
                        "good",
                        1L,
                        null,
                        null,
                        null,
                        12L,
                        null,
                        null);
        var zeros = "0".repeat(64);
        return new JournalRecord(
                uid(n), "i1", 1, envelope.bytes(), new byte[16], new byte[0], zeros, zeros);
    }

    /** What replies answer, and what is to be published again. */
    private void prepare(Ingestion ingestion) {
        for (int n = 0; n < GOOD; n++) {
            var uid = uid(n);
            var stream = "rollout/good-" + n;
            asked.add(
                    db.call(tx -> {
                        tx.query(
                                "INSERT INTO stream_head VALUES ($1, 1, decode(repeat('00', 32),"
                                        + " 'hex'))",
                                stream);
                        tx.query(
                                "INSERT INTO event(stream, version, type, envelope, prev_hash,"
                                    + " hash, actor, at, published) VALUES ($1, 1, 'none', '', '',"
                                    + " '', 'ann', now(), true)",
                                stream);
                        return ingestion.requests().ask(tx, "eu", uid, "good", new Request.Scan());
                    }));
        }
    }

    /** A record as an odd client may send it: under any key, of any time. */
    private static ProducerRecord<String, byte[]> odd(int n, String topic, byte[] value) {
        var key = List.of("k", "", "a\0b", "x".repeat(5_000)).get(n % 4);
        @Nullable Long at = n % 3 == 0 ? Long.valueOf(n) : null;
        @Nullable String other = n % 7 == 0 ? null : key;
        var record = new ProducerRecord<String, byte[]>(topic, 0, at, other, value);
        if (n % 5 == 0) {
            record.headers().add("ce_type", null).add("", new byte[] {-1});
        }
        return record;
    }

    private void send(KafkaProducer<String, byte[]> producer) throws Exception {
        var sending = new ArrayList<Future<RecordMetadata>>();
        for (var type : TYPES.entrySet()) {
            var topic = type.getKey();
            var golden = golden(type.getValue());
            var mutations = new Mutations(815 + topic.hashCode(), LARGEST);
            for (int n = 0; n < EACH; n++) {
                sending.add(producer.send(odd(n, topic, mutations.next(golden))));
                if (n % GOOD_AFTER == GOOD_AFTER - 1) {
                    int nth = n / GOOD_AFTER;
                    var value = Json.bytes(good(topic, nth));
                    sending.add(
                            producer.send(new ProducerRecord<>(topic, nth % 2, uid(nth), value)));
                }
            }
        }
        for (var one : sending) {
            one.get();
        }
    }

    private long number(String sql) {
        return Long.parseLong(database.value("SELECT (" + sql + ")::text"));
    }

    private long aside(String topic) {
        return number(
                "SELECT coalesce(sum(times), 0) FROM dead_letter WHERE state = 'waiting' AND topic"
                        + " = '%s'".formatted(topic));
    }

    private void read(Map<String, Object> kafka, Ingestion ingestion) throws Exception {
        var feeds = ingestion.feeds(kafka);
        feeds.start();
        try {
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() ->
                            number("SELECT coalesce(sum(next_offset), 0) FROM kafka_position")
                                    == (long) TYPES.size() * (EACH + GOOD));
        } finally {
            feeds.stop();
        }
    }

    private void expect(Ingestion ingestion) {
        for (var topic : TYPES.keySet()) {
            assertThat(ingestion.taken(topic) + aside(topic))
                    .as("taken from %s, and put aside", topic)
                    .isEqualTo(EACH + GOOD);
            assertThat(aside(topic)).as(topic).isBetween(EACH / 10L, EACH * 9L / 10);
        }
        assertThat(number("SELECT count(*) FROM dead_letter WHERE length(reason) < 10")).isZero();
        assertThat(number("SELECT count(*) FROM first_step WHERE rollout = 'good'"))
                .isEqualTo(GOOD);
        assertThat(number("SELECT count(*) FROM fleet_database WHERE name LIKE 'good-%'"))
                .isEqualTo(GOOD);
        assertThat(number("SELECT count(*) FROM fleet_agent WHERE id LIKE 'good-%'"))
                .isEqualTo(GOOD);
        assertThat(number("SELECT count(*) FROM request WHERE problem LIKE 'good %'"))
                .isEqualTo(GOOD);
        assertThat(number("SELECT count(*) FROM event WHERE NOT published")).isEqualTo(GOOD);
    }

    @Test
    void whatIsGoodAmongGarbageArrivesAndTheRestStandsAside() throws Exception {
        migrate("heads");
        var ingestion = new Ingestion(db);
        prepare(ingestion);
        var data = folder.resolve("broker");
        try (var broker = BrokerProcess.start(ROOT.resolve("deploy/broker/target"), data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            try (var admin = Admin.create(kafka);
                    var producer = TestProducer.of(kafka)) {
                var topics = TYPES.keySet().stream().map(t -> new NewTopic(t, 2, (short) 1));
                MadeTopics.make(admin, topics.toList());
                send(producer);
            }
            read(kafka, ingestion);
            expect(ingestion);
        }
    }
}
