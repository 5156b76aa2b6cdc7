// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.engine.event.Topics;
import dev.skein.faults.world.StackUnderFaults;
import dev.skein.standalone.stack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Topics that take nothing for a while, records that come again, records that are none. */
final class KafkaFaults {
    /**
     * Of bytes: less than any record, and more than the 78 of a marker that ends a transaction. A
     * broker that may not write one of those gives that up for good, until it is started again.
     */
    private static final String TINY = "100";

    private static final String LIMIT = "max.message.bytes";
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(5);
    private static final int AGAIN = 10;
    private static final List<String> TOPICS =
            List.of(
                    Topics.JOURNAL,
                    Topics.INVENTORY,
                    Topics.DECISIONS,
                    Topics.directives("eu"),
                    Topics.directives("us"));
    private static final List<String> READ =
            List.of(Topics.JOURNAL, Topics.INVENTORY, Topics.REPLIES, Topics.AGENTS);

    private KafkaFaults() {}

    static List<FaultKind> kinds() {
        return List.of(
                FaultKind.lasting("refuse-topic", List.of(1000, 4000, 12_000), KafkaFaults::refuse),
                FaultKind.moment(
                        "repeat-journal", (world, random) -> repeat(world, Topics.JOURNAL)),
                FaultKind.moment(
                        "repeat-decisions", (world, random) -> repeat(world, Topics.DECISIONS)),
                FaultKind.moment("poison-topic", KafkaFaults::poison),
                FaultKind.moment(
                        "repeat-directives",
                        (world, random) -> repeat(world, Topics.directives(site(random)))));
    }

    private static String site(Random random) {
        return LocalStack.SITES.get(random.nextInt(LocalStack.SITES.size()));
    }

    private static FaultKind.End refuse(StackUnderFaults world, Random random)
            throws InterruptedException {
        var topic = TOPICS.get(random.nextInt(TOPICS.size()));
        var before = limit(world, topic, TINY);
        return before.isEmpty() || before.equals(TINY) // another fault does the same
                ? FaultKind.End.MISSED
                : () -> {
                    // It must not stay so: the world heals everything but this.
                    while (limit(world, topic, before).isEmpty()) {
                        Thread.sleep(BROKER_TIMEOUT);
                    }
                };
    }

    /** Sets a topic's limit; gives the one before, or nothing where the broker does not answer. */
    private static String limit(StackUnderFaults world, String topic, String limit)
            throws InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = KafkaClients.admin(world)) {
            var now =
                    admin.describeConfigs(List.of(resource))
                            .all()
                            .get(KafkaClients.MILLIS, TimeUnit.MILLISECONDS);
            var op = new AlterConfigOp(new ConfigEntry(LIMIT, limit), AlterConfigOp.OpType.SET);
            Map<ConfigResource, Collection<AlterConfigOp>> change = Map.of(resource, List.of(op));
            admin.incrementalAlterConfigs(change)
                    .all()
                    .get(KafkaClients.MILLIS, TimeUnit.MILLISECONDS);
            return Objects.requireNonNull(now.get(resource)).get(LIMIT).value();
        } catch (ExecutionException | TimeoutException e) {
            return ""; // the broker is down for another reason
        }
    }

    /** The last records come again, as from a sender that never heard that they had arrived. */
    private static FaultKind.End repeat(StackUnderFaults world, String topic)
            throws InterruptedException {
        try (var consumer = KafkaClients.consumer(world);
                var producer = KafkaClients.producer(world)) {
            rewind(consumer, topic);
            for (var record : consumer.poll(BROKER_TIMEOUT)) {
                KafkaClients.send(
                        producer,
                        new ProducerRecord<>(
                                topic, record.partition(), record.key(), record.value()));
            }
        } catch (KafkaException e) {
            return FaultKind.End.MISSED; // the broker is down for another reason
        }
        return FaultKind.End.NOTHING;
    }

    private static void rewind(Consumer<byte[], byte[]> consumer, String topic) {
        var parts =
                IntStream.range(0, Topics.PARTITIONS)
                        .mapToObj(part -> new TopicPartition(topic, part))
                        .toList();
        consumer.assign(parts);
        var ends = consumer.endOffsets(parts, BROKER_TIMEOUT);
        ends.forEach((part, end) -> consumer.seek(part, Math.max(0, end - AGAIN)));
    }

    private static FaultKind.End poison(StackUnderFaults world, Random random)
            throws InterruptedException {
        var topic = READ.get(random.nextInt(READ.size()));
        var garbage =
                (FaultCatalog.POISON + '\0' + random.nextLong()).getBytes(StandardCharsets.UTF_8);
        try (var producer = KafkaClients.producer(world)) {
            KafkaClients.send(producer, new ProducerRecord<>(topic, garbage, garbage));
        } catch (KafkaException e) {
            return FaultKind.End.MISSED; // the broker is down for another reason
        }
        return FaultKind.End.NOTHING;
    }
}
