// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Topics that can be used: brokers that have made one hear of it, and of who leads its partitions,
 * only a little later.
 */
public final class MadeTopics {
    private static final Duration LONG = Duration.ofMinutes(2);

    private MadeTopics() {}

    /** Makes topics, and waits until they can be used. */
    public static void make(Admin admin, Collection<NewTopic> topics) throws Exception {
        admin.createTopics(topics).all().get();
        var names = topics.stream().map(NewTopic::name).toList();
        await().atMost(LONG).until(() -> areThere(admin, names));
    }

    private static boolean areThere(Admin admin, List<String> names) throws Exception {
        try {
            var partitions =
                    admin.describeTopics(names).allTopicNames().get().values().stream()
                            .flatMap(topic ->
                                    topic.partitions().stream()
                                            .map(p ->
                                                    new TopicPartition(
                                                            topic.name(), p.partition())))
                            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
            admin.listOffsets(partitions).all().get(); // their leaders answer
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }
}
