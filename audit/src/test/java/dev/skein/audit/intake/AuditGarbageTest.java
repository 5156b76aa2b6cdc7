// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.audit.drift.DriftCohorts;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.drift.FindingStore;
import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.Mutations;
import dev.skein.service.testing.MadeTopics;
import dev.skein.service.testing.TestProducer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
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

/** Whatever records hold, what is good among them is in the log, and nothing is lost. */
class AuditGarbageTest extends OnAuditDatabase {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));
    private static final int EACH = Integer.getInteger("skein.test.garbage", 10_000);
    private static final int LARGEST = 900_000;
    private static final int GOOD = 50;
    private static final Map<String, String> TYPES =
            new TreeMap<>(
                    Map.of(
                            Topics.JOURNAL, "journal-entry",
                            Topics.DECISIONS, "decision",
                            Topics.INVENTORY, "database-report",
                            Topics.CATALOGS, "catalog"));

    @TempDir Path folder;

    private static byte[] golden(String type) throws Exception {
        return Files.readAllBytes(
                ROOT.resolve("engine/src/test/resources/event/v1/" + type + ".json"));
    }

    /** Decisions as they ought to be, in either partition among the garbage. */
    private static List<ProducerRecord<String, byte[]>> good() {
        var records = new ArrayList<ProducerRecord<String, byte[]>>();
        for (int n = 0; n < GOOD; n++) {
            var stream = "rollout/good-" + n;
            for (var link : Chain.of(stream, 3, "made")) {
                var prev = Digests.hex(link.prevHash());
                var hash = Digests.hex(link.hash());
                var says = new DecisionRecord(stream, link.seq(), link.envelope(), prev, hash);
                var value = Json.bytes(says);
                records.add(new ProducerRecord<>(Topics.DECISIONS, n % 2, stream, value));
            }
        }
        return records;
    }

    /** A record as an odd client may send it. */
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

    private static Map<String, Integer> send(KafkaProducer<String, byte[]> producer)
            throws Exception {
        var sending = new ArrayList<Future<RecordMetadata>>();
        var sent = new TreeMap<String, Integer>();
        var good = new ArrayDeque<>(good());
        for (var type : TYPES.entrySet()) {
            var topic = type.getKey();
            var golden = golden(type.getValue());
            var mutations = new Mutations(4711 + topic.hashCode(), LARGEST);
            for (int n = 0; n < EACH; n++) {
                sending.add(producer.send(odd(n, topic, mutations.next(golden))));
                if (topic.equals(Topics.DECISIONS) && !good.isEmpty()) {
                    sending.add(producer.send(good.remove()));
                }
            }
            sent.put(topic, EACH + (topic.equals(Topics.DECISIONS) ? 3 * GOOD : 0));
        }
        for (var one : sending) {
            one.get();
        }
        return sent;
    }

    private long number(String sql) {
        return Long.parseLong(database.value("SELECT (" + sql + ")::text"));
    }

    private long aside(String topic) {
        return number(
                "SELECT coalesce(sum(times), 0) FROM dead_letter WHERE state = 'waiting' AND topic"
                        + " = '%s'".formatted(topic));
    }

    private boolean isRead(Map<String, Integer> sent) {
        return number("SELECT coalesce(sum(next_offset), 0) FROM kafka_position")
                == sent.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Reads all that was sent; gives what the log counted. */
    private SimpleMeterRegistry read(Map<String, Object> kafka, Map<String, Integer> sent)
            throws Exception {
        var settings = new TestSettings(folder);
        var drift = new DriftDetector(new FleetCoverage(), new DriftCohorts(), new FindingStore());
        var registry = new SimpleMeterRegistry();
        var log = new AuditLog();
        var intake = new LogIntake(kafka, settings, db, log, registry);
        var fleet = new FleetIntake(kafka, settings, db, drift);
        var threads =
                List.of(
                        Thread.ofPlatform().start(intake.loop()),
                        Thread.ofPlatform().start(fleet.loop()));
        try {
            await().atMost(Duration.ofMinutes(10)).until(() -> isRead(sent));
        } finally {
            intake.stop();
            fleet.stop();
            for (var thread : threads) {
                thread.join();
            }
            intake.close();
            fleet.close();
        }
        return registry;
    }

    private static long count(SimpleMeterRegistry registry, String what) {
        return Math.round(registry.counter("skein.audit." + what).count());
    }

    private void expect(Map<String, Integer> sent, SimpleMeterRegistry registry) {
        long inLog = number("SELECT count(*) FROM entry");
        long parked = number("SELECT count(*) FROM parked");
        long again = count(registry, "duplicates") + count(registry, "anomalies");
        assertThat(inLog).isEqualTo(count(registry, "entries"));
        assertThat(inLog + parked + again + aside(Topics.JOURNAL) + aside(Topics.DECISIONS))
                .as("entries and decisions taken, and put aside")
                .isEqualTo(2L * EACH + 3 * GOOD);
        for (var topic : sent.keySet()) {
            assertThat(aside(topic)).as(topic).isBetween(EACH / 10L, EACH * 9L / 10);
        }
        assertThat(number("SELECT count(*) FROM entry WHERE source LIKE 'rollout/good-%'"))
                .isEqualTo(3 * GOOD);
        assertThat(number("SELECT count(*) FROM catalog")).isPositive();
        assertThat(number("SELECT count(*) FROM fleet")).isPositive();
        assertThat(number("SELECT count(*) FROM dead_letter WHERE length(reason) < 10")).isZero();
    }

    @Test
    void whatIsGoodAmongGarbageIsInTheLogAndTheRestStandsAside() throws Exception {
        var data = folder.resolve("broker");
        try (var broker = BrokerProcess.start(ROOT.resolve("deploy/broker/target"), data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            Map<String, Integer> sent;
            try (var admin = Admin.create(kafka);
                    var producer = TestProducer.of(kafka)) {
                var topics = TYPES.keySet().stream().map(t -> new NewTopic(t, 2, (short) 1));
                MadeTopics.make(admin, topics.toList());
                sent = send(producer);
            }
            expect(sent, read(kafka, sent));
        }
    }
}
