// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The relay's producers; used from its thread only. */
@ApplicationScoped
public class Producers {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Map<String, Producer<String, byte[]>> ofSites = new HashMap<>();
    private @Nullable Producer<String, byte[]> plain;

    public Producers(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    Producer<String, byte[]> plain() {
        var producer = plain;
        if (producer == null) {
            producer = create(Map.of());
            plain = producer;
        }
        return producer;
    }

    /** The transactional producer of a site; making it fences every earlier one. */
    Producer<String, byte[]> ofSite(String site) {
        return ofSites.computeIfAbsent(
                site,
                name -> {
                    var producer =
                            create(
                                    Map.of(
                                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                            "skein-directives-" + name));
                    producer.initTransactions();
                    return producer;
                });
    }

    /** Gives all of them up; the next use makes new ones. */
    void reset() {
        ofSites.values().forEach(producer -> producer.close(CLOSE));
        ofSites.clear();
        if (plain != null) {
            plain.close(CLOSE);
        }
        plain = null;
    }

    private Producer<String, byte[]> create(Map<String, Object> more) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
