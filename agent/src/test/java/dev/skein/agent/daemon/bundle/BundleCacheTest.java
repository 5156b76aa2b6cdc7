// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Json;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.BundleManifest;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.Mutations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    @TempDir Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private AgentConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withDefaultValue("skein.agent.id", "a")
                .withDefaultValue("skein.agent.site", "eu")
                .withDefaultValue("skein.agent.discover-every", "PT5S")
                .withDefaultValue("skein.agent.look-every", "PT60S")
                .withDefaultValue("skein.agent.patience", "PT60S")
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
            var wire = new AgentKafka(kafka, () -> {});
            var cache = new BundleCache(wire, new RefusedRecords(registry), config());
            var thread = Thread.ofPlatform().start(cache.loop());
            try {
                assertThat(cache.get(BUNDLE.digest(), LONG).all()).hasSize(1);
            } finally {
                cache.stop();
                thread.join();
                cache.close();
                wire.close();
            }
        }
        assertThat(registry.counter("skein.records.refused", "topic", Topics.BUNDLES).count())
                .isEqualTo(GARBAGE + 2);
        try (var files = Files.list(folder.resolve("cache/bundles"))) {
            assertThat(files).hasSize(2);
        }
    }
}
