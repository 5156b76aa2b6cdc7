// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Json;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.BundleManifest;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.Mutations;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCacheTest {
    private static final Path ROOT = Path.of(System.getProperty("skein.root"));
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int GARBAGE = 500;
    private static final Bundle BUNDLE =
            Bundle.of(List.of(new Bundle.Item("1.sql", "--@ revision: a\n--@ upgrade\nSELECT 1;")));

    private static final Duration KEPT = Duration.ofDays(30);

    @TempDir Path folder;

    private Instant now = Instant.now();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private AgentConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withDefaultValue("skein.agent.id", "a")
                .withDefaultValue("skein.agent.site", "eu")
                .withDefaultValue("skein.agent.discover-every", "PT5S")
                .withDefaultValue("skein.agent.look-every", "PT60S")
                .withDefaultValue("skein.agent.patience", "PT60S")
                .withDefaultValue("skein.agent.keep-bundles", KEPT.toString())
                .withDefaultValue("skein.agent.cache", folder.resolve("cache").toString())
                .build()
                .getConfigMapping(AgentConfig.class);
    }

    private static ProducerRecord<byte[], byte[]> record(@Nullable String key, byte[] value) {
        var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.BUNDLES, 0, bytes, value);
    }

    /** Mutated manifests under keys that name a bundle, and ones that name none. */
    private static List<ProducerRecord<byte[], byte[]>> garbage() throws Exception {
        var golden = Json.bytes(BundleManifest.of(BUNDLE.digest(), BUNDLE.bytes().length));
        var mutations = new Mutations(5, 900_000);
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        var digest = "sha256:" + "e".repeat(64);
        var keys = new @Nullable String[] {null, "", "x".repeat(5_000), "../../x", digest + "/0"};
        for (int n = 0; n < GARBAGE; n++) {
            records.add(record(keys[n % keys.length], mutations.next(golden)));
        }
        records.add(record(BUNDLE.digest() + "/0", "{}".getBytes(StandardCharsets.UTF_8)));
        var large = Json.bytes(BundleManifest.of(BUNDLE.digest(), Integer.MAX_VALUE - 600_000));
        records.add(record(BUNDLE.digest() + "/0", large));
        return records;
    }

    private void send(Map<String, Object> kafka) throws Exception {
        var patient = new HashMap<>(kafka); // on a busy machine
        patient.put("delivery.timeout.ms", (int) Duration.ofMinutes(5).toMillis());
        // A topic that has no leader yet may refuse the first of several, and then it is too late.
        patient.put("max.in.flight.requests.per.connection", 1);
        try (var admin = Admin.create(kafka);
                var producer =
                        new KafkaProducer<>(
                                patient, new ByteArraySerializer(), new ByteArraySerializer())) {
            var topic = new NewTopic(Topics.BUNDLES, Topics.PARTITIONS, (short) 1);
            admin.createTopics(List.of(topic)).all().get();
            var records = garbage();
            records.add(record(BUNDLE.digest() + "/1", BUNDLE.bytes()));
            var manifest = BundleManifest.of(BUNDLE.digest(), BUNDLE.bytes().length);
            records.add(record(BUNDLE.digest() + "/0", Json.bytes(manifest)));
            var sent = new ArrayList<Future<?>>();
            records.forEach(one -> sent.add(producer.send(one)));
            for (var one : sent) {
                one.get();
            }
        }
    }

    @Test
    void aBundleIsReadWhateverStandsAroundIt() throws Exception {
        var home = ROOT.resolve("deploy/broker/target");
        try (var broker = BrokerProcess.start(home, folder.resolve("broker"))) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            send(kafka);
            try (var started = new Started(kafka)) {
                assertThat(started.cache.get(BUNDLE.digest(), LONG).all()).hasSize(1);
            }
        }
        assertThat(refused()).isEqualTo(GARBAGE + 2);
        try (var files = Files.list(folder.resolve("cache/bundles"))) {
            assertThat(files).as("and how far was read").hasSize(3);
        }
    }

    private double refused() {
        return registry.counter("skein.records.refused", "topic", Topics.BUNDLES).count();
    }

    /** A start reads what is new, and what it lacks only where somebody waits for it. */
    @Test
    void aBundleThatWasRemovedIsReadAgainWhereItIsNeeded() throws Exception {
        var home = ROOT.resolve("deploy/broker/target");
        try (var broker = BrokerProcess.start(home, folder.resolve("broker"))) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            send(kafka);
            var bundles = folder.resolve("cache/bundles");
            var read = bundles.resolve("read.json");
            try (var started = new Started(kafka)) {
                started.cache.get(BUNDLE.digest(), LONG);
                await().atMost(LONG).until(() -> Files.exists(read));
            }
            now = now.plus(KEPT).plusSeconds(60);
            var chunks = new ChunkStore(bundles, Clock.fixed(now, ZoneOffset.UTC));
            assertThat(chunks.prune(KEPT, Set.of(BUNDLE.digest()))).as("it is named").isZero();
            assertThat(chunks.prune(KEPT, Set.of())).isEqualTo(1);
            double before = refused();
            try (var started = new Started(kafka)) {
                await().atMost(LONG).until(() -> started.polled());
                assertThat(refused()).as("nothing is read twice").isEqualTo(before);
                assertThat(started.cache.get(BUNDLE.digest(), LONG).all()).hasSize(1);
            }
            Files.delete(read);
            assertThat(chunks.prune(Duration.ofDays(-1), Set.of())).isEqualTo(1);
            try (var started = new Started(kafka)) {
                await().atMost(LONG).until(() -> started.polled() && Files.exists(read));
                assertThat(chunks.read(BUNDLE.digest()).state())
                        .as("an old one that nobody needs")
                        .isEqualTo(ChunkStore.State.MISSING);
            }
        }
    }

    /** A cache that reads. */
    private final class Started implements AutoCloseable {
        private final AgentKafka wire;
        private final BundleCache cache;
        private final ServiceLoop loop;
        private final Thread thread;
        private final long began = System.nanoTime();

        Started(Map<String, Object> kafka) {
            InstantSource clock = () -> now;
            wire = new AgentKafka(kafka, () -> {});
            cache =
                    new BundleCache(
                            wire,
                            new RefusedRecords(registry),
                            config(),
                            clock.withZone(ZoneOffset.UTC));
            loop = cache.loop(Set::of);
            thread = Thread.ofPlatform().start(loop);
        }

        /** Whether it has asked the broker for records. */
        boolean polled() {
            var since = loop.sinceLastTurn();
            return since.toNanos() < System.nanoTime() - began - Duration.ofSeconds(1).toNanos();
        }

        @Override
        public void close() {
            cache.stop();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            cache.close();
            wire.close();
        }
    }
}
