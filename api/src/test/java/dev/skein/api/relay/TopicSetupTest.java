// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.TopicShape;
import dev.skein.engine.event.Topics;
import dev.skein.service.testing.MadeTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupTest {
    /** Everybody may do everything, but for what a topic's own list says. */
    private static final String AUTHORIZED =
            """
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            allow.everyone.if.no.acl.found=true
            """;

    @Test
    void topicsThatOthersMadeOtherwiseAreRefused(@TempDir Path data) throws Exception {
        var home = Path.of(System.getProperty("skein.root"), "deploy/broker/target");
        try (var broker = BrokerProcess.start(home, data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            new TopicSetup(kafka, List.of("eu"), Optional.empty()).run();
            new TopicSetup(kafka, List.of("eu"), Optional.empty()).run(); // finds its own
            assertThatThrownBy(() -> new TopicSetup(kafka, List.of("eu"), Optional.of(3)).run())
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("brokers keep 1 of it, not 3");
            try (var admin = Admin.create(kafka)) {
                var byItself = new NewTopic(Topics.directives("us"), 1, (short) 1);
                MadeTopics.make(admin, List.of(byItself));
            }
            assertThatThrownBy(() ->
                            new TopicSetup(kafka, List.of("eu", "us"), Optional.empty()).run())
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContainingAll("skein.directives.us", "1 partitions, not 32");
        }
    }

    @Test
    void topicsThatWereMadeWhileBrokersWereDownAreToldWhenTheyAreBack() {
        var watch = new TopicWatch(Map.of(), List.of("eu"), Optional.empty());
        var made = TopicShape.of("eu").getFirst();
        var found =
                Map.of(made.name(), new TopicShape.Found(Topics.PARTITIONS, 1, made.settings(-1)));
        assertThat(watch.amiss(found, 2)).isEmpty();
        assertThat(watch.amiss(found, 3))
                .singleElement()
                .asString()
                .contains(
                        "skein.directives.eu", "keep 1 of it, not 3", "kafka-reassign-partitions");
    }

    @Test
    void topicsWithTheTimeOfTheirWritersAreTold(@TempDir Path data) throws Exception {
        var home = Path.of(System.getProperty("skein.root"), "deploy/broker/target");
        try (var broker = BrokerProcess.start(home, data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            try (var admin = Admin.create(kafka)) {
                var unstamped =
                        new NewTopic(Topics.AGENTS, Topics.PARTITIONS, (short) 1)
                                .configs(Map.of("cleanup.policy", "compact"));
                MadeTopics.make(admin, List.of(unstamped));
            }
            new TopicSetup(kafka, List.of("eu"), Optional.empty()).run();
            var watch = new TopicWatch(kafka, List.of("eu"), Optional.empty());
            watch.look();
            assertThat(watch.amiss())
                    .singleElement()
                    .asString()
                    .contains(
                            "skein.agents",
                            "message.timestamp.type is CreateTime",
                            "--add-config message.timestamp.type=LogAppendTime");
        }
    }

    @Test
    void oldTopicsOfDirectivesAreSweptOrToldWhereThatMayNotBeSet(@TempDir Path data)
            throws Exception {
        var home = Path.of(System.getProperty("skein.root"), "deploy/broker/target");
        Files.writeString(data.resolve("server.properties"), AUTHORIZED);
        try (var broker = BrokerProcess.start(home, data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            var sites = List.of("eu", "us");
            try (var admin = Admin.create(kafka)) {
                MadeTopics.make(admin, sites.stream().map(TopicSetupTest::unswept).toList());
                admin.createAcls(List.of(acl(AclOperation.ALL, AclPermissionType.ALLOW)))
                        .all()
                        .get();
                admin.createAcls(List.of(acl(AclOperation.ALTER_CONFIGS, AclPermissionType.DENY)))
                        .all()
                        .get();
            }
            new TopicSetup(kafka, sites, Optional.empty()).run();
            var watch = new TopicWatch(kafka, sites, Optional.empty());
            await().atMost(Duration.ofMinutes(1)).until(() -> amiss(watch) == 1);
            assertThat(watch.amiss())
                    .singleElement()
                    .asString()
                    .contains(
                            "skein.directives.us",
                            "segment.ms is 604800000",
                            "--add-config delete.retention.ms=3600000,max.compaction.lag.ms=");
        }
    }

    /** Brokers hear of what was set a little later. */
    private static int amiss(TopicWatch watch) throws Exception {
        watch.look();
        return watch.amiss().size();
    }

    private static NewTopic unswept(String site) {
        return new NewTopic(Topics.directives(site), Topics.PARTITIONS, (short) 1)
                .configs(Map.of("cleanup.policy", "compact"));
    }

    /** For everybody, on the topic of one site. */
    private static AclBinding acl(AclOperation operation, AclPermissionType permission) {
        var topic =
                new ResourcePattern(
                        ResourceType.TOPIC, Topics.directives("us"), PatternType.LITERAL);
        return new AclBinding(topic, new AccessControlEntry("User:*", "*", operation, permission));
    }
}
