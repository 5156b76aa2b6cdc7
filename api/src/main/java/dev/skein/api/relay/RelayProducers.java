// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.service.kafka.TopicInspection;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the relay's producers, one for each route. */
@ApplicationScoped
public class RelayProducers {
    private final Map<String, Object> kafka;

    public RelayProducers(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /**
     * A producer for a route; one for directives fences every earlier one of its site.
     *
     * @throws NoTopic if its topic is not there: writing to it would make it, in the brokers' shape
     */
    Producer<String, byte[]> open(RelayRoute route) {
        requireTopic(route.topic());
        if (route.kind() != RelayRoute.Kind.DIRECTIVES) {
            return create(Map.of());
        }
        var id = "skein-directives-" + route.site();
        var producer = create(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
        try {
            producer.initTransactions();
            return producer;
        } catch (RuntimeException e) {
            producer.close(RouteSender.CLOSE);
            throw e;
        }
    }

    private void requireTopic(String topic) {
        try {
            if (!TopicInspection.isThere(kafka, topic)) {
                throw new NoTopic(topic);
            }
        } catch (ExecutionException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Topic " + topic,
                    "it cannot be seen (" + e.getCause() + ")",
                    "Is Kafka up, is kafka.bootstrap.servers right, and may the api see the topic?",
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Producer<String, byte[]> create(Map<String, Object> more) {
        var settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * 1024 * 1024);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
