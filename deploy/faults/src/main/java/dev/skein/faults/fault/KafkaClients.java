// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.world.StackUnderFaults;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients of a stack's broker that soon give up, as it may be down for another reason. */
final class KafkaClients {
    static final int MILLIS = 5000;

    private KafkaClients() {}

    private static Map<String, Object> settings(StackUnderFaults world) {
        return Map.of(
                "bootstrap.servers", world.bootstrap(),
                "request.timeout.ms", MILLIS,
                "default.api.timeout.ms", MILLIS,
                "delivery.timeout.ms", MILLIS,
                "linger.ms", 0,
                "max.block.ms", MILLIS);
    }

    private static Map<String, Object> with(StackUnderFaults world, Map<String, Object> more) {
        var all = new HashMap<>(settings(world));
        all.putAll(more);
        return all;
    }

    static Admin admin(StackUnderFaults world) {
        return Admin.create(settings(world));
    }

    static KafkaConsumer<byte[], byte[]> consumer(StackUnderFaults world) {
        return new KafkaConsumer<>(
                with(
                        world,
                        Map.of(
                                "key.deserializer", ByteArrayDeserializer.class,
                                "value.deserializer", ByteArrayDeserializer.class)));
    }

    static KafkaProducer<byte[], byte[]> producer(StackUnderFaults world) {
        return new KafkaProducer<>(
                with(
                        world,
                        Map.of(
                                "key.serializer", ByteArraySerializer.class,
                                "value.serializer", ByteArraySerializer.class)));
    }

    /**
     * Sends a record and waits until it is taken.
     *
     * @throws KafkaException if it is refused, or nobody answers
     */
    static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
            throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new KafkaException(e); // refused for another reason
        }
    }
}
