// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.event.TopicShape;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How topics are at the brokers. Looking makes none. */
public final class TopicInspection {
    private TopicInspection() {}

    /**
     * Those of the topics that are there, by their names; without settings where the brokers do not
     * let us see them.
     *
     * @throws ExecutionException what Kafka says otherwise
     */
    public static Map<String, TopicShape.Found> of(Admin admin, Collection<String> names)
            throws ExecutionException, InterruptedException {
        var found = new HashMap<String, TopicShape.Found>();
        for (var asked : admin.describeTopics(names).topicNameValues().entrySet()) {
            var topic = known(asked.getValue());
            if (topic.isPresent()) {
                found.put(asked.getKey(), found(topic.get(), settings(admin, asked.getKey())));
            }
        }
        return found;
    }

    /**
     * Which of some topics are there, as far as we may see them. Stock brokers make what is written
     * to, in a shape of their own: whoever writes to a topic that others make looks before.
     *
     * @param kafka how the cluster is reached
     * @throws ExecutionException what Kafka says otherwise
     */
    public static Set<String> there(Map<String, Object> kafka, Collection<String> names)
            throws ExecutionException, InterruptedException {
        var there = new HashSet<String>();
        try (var admin = open(kafka)) {
            for (var asked : admin.describeTopics(names).topicNameValues().entrySet()) {
                if (isSeen(asked.getValue())) {
                    there.add(asked.getKey());
                }
            }
        }
        return there;
    }

    /**
     * Whether a topic is there.
     *
     * @param kafka how the cluster is reached
     * @throws ExecutionException where that is not known, as where we may not see it
     */
    public static boolean isThere(Map<String, Object> kafka, String name)
            throws ExecutionException, InterruptedException {
        try (var admin = open(kafka)) {
            admin.describeTopics(Set.of(name)).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static Admin open(Map<String, Object> kafka) {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return Admin.create(settings);
    }

    /** What we may not see, nobody can write to for us; that says nothing of the others. */
    private static boolean isSeen(KafkaFuture<TopicDescription> asked)
            throws ExecutionException, InterruptedException {
        try {
            return known(asked).isPresent();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<TopicDescription> known(KafkaFuture<TopicDescription> asked)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(asked.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, String> settings(Admin admin, String name)
            throws ExecutionException, InterruptedException {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            var settings = new HashMap<String, String>();
            for (var asked : admin.describeConfigs(List.of(topic)).values().values()) {
                asked.get()
                        .entries()
                        .forEach(e -> settings.put(e.name(), String.valueOf(e.value())));
            }
            return settings;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Map.of();
            }
            throw e;
        }
    }

    private static TopicShape.Found found(TopicDescription topic, Map<String, String> settings) {
        var copies = topic.partitions().stream().mapToInt(p -> p.replicas().size()).min();
        return new TopicShape.Found(topic.partitions().size(), copies.orElse(0), settings);
    }
}
