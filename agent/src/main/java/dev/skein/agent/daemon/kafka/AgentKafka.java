// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import dev.skein.engine.Json;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One producer for all that this agent says, and consumers on demand. */
@ApplicationScoped
public class AgentKafka {
    private static final Logger LOG = Logger.getLogger(AgentKafka.class);
    private static final Duration CALM = Duration.ofMinutes(1);

    /** Topics whose brokers answer with their own time; one of them is written all the time. */
    private static final Set<String> STAMPED = Set.of(Topics.AGENTS, Topics.INVENTORY);

    private final Map<String, Object> kafka;
    private final Runnable beforeUse;
    private final BooleanSupplier stamped;
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private final BrokerTime brokers = new BrokerTime(System::nanoTime);
    private @Nullable PatientProducer producer;

    @Inject
    public AgentKafka(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, SiteTopics topics) {
        this(kafka, topics::require, topics::areStamped);
    }

    /**
     * @param beforeUse called before a producer or consumer is made; throws where none may be
     */
    public AgentKafka(Map<String, Object> kafka, Runnable beforeUse) {
        this(kafka, beforeUse, () -> true);
    }

    private AgentKafka(Map<String, Object> kafka, Runnable beforeUse, BooleanSupplier stamped) {
        this.kafka = kafka;
        this.beforeUse = beforeUse;
        this.stamped = stamped;
    }

    private synchronized PatientProducer producer() {
        var known = producer;
        if (known == null) {
            beforeUse.run();
            var settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
            settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
            known = new PatientProducer(settings, CALM);
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
                            heard(topic, place, error);
                            if (error != null) {
                                onFailure.run();
                            }
                        });
    }

    /** Trouble with a topic is told once, until it takes something again. */
    private void heard(String topic, @Nullable RecordMetadata place, @Nullable Exception error) {
        if (error == null) {
            if (place != null && place.hasTimestamp() && isStamped(topic)) {
                brokers.heard(Instant.ofEpochMilli(place.timestamp()));
            }
            if (refusing.remove(topic)) {
                LOG.infof("topic %s takes records again", topic);
            }
        } else if (refusing.add(topic)) {
            LOG.warnf("topic %s: %s", topic, error.getMessage());
        }
    }

    private boolean isStamped(String topic) {
        return STAMPED.contains(topic) && stamped.getAsBoolean();
    }

    /** Sends a value as JSON; the result tells when Kafka has it. */
    public Future<RecordMetadata> send(String topic, String key, Object value, CloudEvent event) {
        return producer()
                .send(
                        record(topic, key, value, event),
                        (place, error) -> heard(topic, place, error));
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, String key, Object value, CloudEvent event) {
        var record = new ProducerRecord<>(topic, key, Json.bytes(value));
        event.headers()
                .forEach((name, text) ->
                        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** What time it is for the brokers. */
    public BrokerTime brokers() {
        return brokers;
    }

    /** A consumer that reads only what was committed and stores no offsets in Kafka. */
    public KafkaConsumer<String, byte[]> consumer(Map<String, Object> more) {
        beforeUse.run();
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Sends what is on its way and closes. */
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
