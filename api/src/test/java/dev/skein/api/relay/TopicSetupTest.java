// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.TopicShape;
import dev.skein.engine.event.Topics;
import dev.skein.service.testing.MadeTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicSetupTest {
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
}
