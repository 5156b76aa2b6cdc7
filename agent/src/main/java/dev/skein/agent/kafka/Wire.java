// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.kafka;

import dev.skein.engine.Json;
import dev.skein.engine.event.CloudEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One producer for all that this agent says, and consumers on demand. */
@ApplicationScoped
public class Wire {
    private static final Logger LOG = Logger.getLogger(Wire.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private @Nullable KafkaProducer<String, byte[]> producer;

    public Wire(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    private synchronized KafkaProducer<String, byte[]> producer() {
        var known = producer;
        if (known == null) {
            var settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
            known =
                    new KafkaProducer<>(
                            settings, new StringSerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    /** Sends a value that will be said again anyway; a failure is logged and told to the caller. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every failure
    public void tell(String topic, String key, Object value, CloudEvent event, Runnable onFailure) {
        producer()
                .send(
                        record(topic, key, value, event),
                        (place, error) -> {
                            if (error != null) {
                                LOG.warnf("topic %s: %s", topic, error.getMessage());
                                onFailure.run();
                            }
                        });
    }

    /** Sends a value as JSON; the result tells when Kafka has it. */
    public Future<RecordMetadata> send(String topic, String key, Object value, CloudEvent event) {
        return producer().send(record(topic, key, value, event));
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, String key, Object value, CloudEvent event) {
        var record = new ProducerRecord<>(topic, key, Json.bytes(value));
        event.headers()
                .forEach((name, text) ->
                        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** A consumer that reads only what was committed and stores no offsets in Kafka. */
    public KafkaConsumer<String, byte[]> consumer(Map<String, Object> more) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Sends what is on its way and closes. */
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
    }
}
