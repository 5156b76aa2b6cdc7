// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer for a busy machine. */
public final class TestProducer {
    private TestProducer() {}

    /**
     * What is sent may wait for as long as a busy machine needs, and one request waits for the one
     * before: of several to a topic that has no leader yet, a later one may arrive first, and the
     * earlier ones are out of order from then on.
     *
     * @param kafka how the cluster is reached
     */
    public static KafkaProducer<String, byte[]> of(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Duration.ofMinutes(5).toMillis());
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
