// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.config.ApiConfig;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics at start-up, where they are not there. */
@ApplicationScoped
public class TopicSetup {
    private static final String LARGEST = String.valueOf(2 * 1024 * 1024);
    private static final String TWO_WEEKS = String.valueOf(14L * 24 * 3600 * 1000);

    private final Map<String, Object> kafka;
    private final ApiConfig config;

    public TopicSetup(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, ApiConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /**
     * Makes the topics.
     *
     * @return the id of the Kafka cluster
     * @throws SkeinException if Kafka cannot be reached
     */
    public String run() {
        var settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        try (var admin = Admin.create(settings)) {
            for (var result : admin.createTopics(topics()).values().values()) {
                await(result);
            }
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Kafka at " + kafka.get("bootstrap.servers"),
                    "it cannot be used (" + e.getCause() + ")",
                    "Is it up, and is kafka.bootstrap.servers right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Kafka", "interrupted", "", e);
        }
    }

    private static void await(org.apache.kafka.common.KafkaFuture<Void> result)
            throws ExecutionException, InterruptedException {
        try {
            result.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private List<NewTopic> topics() {
        var topics = new ArrayList<NewTopic>();
        topics.add(topic(Topics.JOURNAL, "delete"));
        topics.add(topic(Topics.DECISIONS, "delete"));
        topics.add(topic(Topics.INVENTORY, "compact"));
        topics.add(topic(Topics.AGENTS, "compact"));
        topics.add(topic(Topics.BUNDLES, "compact"));
        topics.add(topic(Topics.CATALOGS, "compact"));
        topics.add(topic(Topics.REPLIES, "delete"));
        config.sites()
                .forEach(site -> {
                    topics.add(topic(Topics.directives(site), "compact"));
                    topics.add(topic(Topics.requests(site), "delete"));
                });
        return topics;
    }

    private NewTopic topic(String name, String cleanup) {
        return new NewTopic(name, Topics.PARTITIONS, config.topicReplicas())
                .configs(
                        Map.of(
                                "cleanup.policy", cleanup,
                                "retention.ms", TWO_WEEKS,
                                "max.message.bytes", LARGEST));
    }
}
