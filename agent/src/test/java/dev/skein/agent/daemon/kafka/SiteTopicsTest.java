// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.TopicShape;
import dev.skein.engine.event.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTopicsTest {
    private static final CloudEvent BEAT =
            CloudEvent.of("1", "agent.beat", "/agents/a", "a", Instant.EPOCH);

    private static NewTopic topic(TopicShape shape, int partitions) {
        return new NewTopic(shape.name(), partitions, (short) 1).configs(shape.settings(1));
    }

    @Test
    void nothingIsUsedBeforeAllIsAsItHasToBe(@TempDir Path data) throws Exception {
        var home = Path.of(System.getProperty("skein.root"), "deploy/broker/target");
        try (var broker = BrokerProcess.start(home, data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            var wire = new AgentKafka(kafka, new SiteTopics(kafka, "eu")::require);
            assertThatThrownBy(() -> wire.consumer(Map.of()))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContainingAll("it is not there", "Start the api", "skein.api.sites");
            try (var admin = Admin.create(kafka)) {
                assertThat(admin.listTopics().names().get()).as("looking makes none").isEmpty();
                var all =
                        Stream.of(TopicShape.common(), TopicShape.of("eu"), TopicShape.of("us"))
                                .flatMap(List::stream)
                                .map(s -> topic(s, s.name().endsWith("us") ? 3 : Topics.PARTITIONS))
                                .toList();
                admin.createTopics(all).all().get();
            }
            wire.consumer(Map.of()).close();
            var other = new AgentKafka(kafka, new SiteTopics(kafka, "us")::require);
            assertThatThrownBy(() -> other.send(Topics.AGENTS, "a", "", BEAT))
                    .hasMessageContainingAll("skein.directives.us", "3 partitions, not 32");
        }
    }
}
