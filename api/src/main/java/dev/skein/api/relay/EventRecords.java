// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.event.CloudEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Events as Kafka records. */
final class EventRecords {
    private EventRecords() {}

    static ProducerRecord<String, byte[]> record(
            String topic, String key, byte @Nullable [] value, CloudEvent event) {
        var record = new ProducerRecord<String, byte[]>(topic, key, value);
        event.headers()
                .forEach((name, text) ->
                        record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
