// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.broker.BrokerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupMemberTest {
    private static final String TOPIC = "shared";
    private static final int PARTITIONS = 4;
    private static final Duration LONG = Duration.ofMinutes(2);

    private @Nullable BrokerProcess broker;
    private Map<String, Object> kafka = Map.of();

    @BeforeEach
    void kafka() throws Exception {
        var home = Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target");
        broker = BrokerProcess.start(home, Files.createTempDirectory("skein-broker"));
        kafka = Map.of("bootstrap.servers", broker.bootstrap());
        try (var admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
        }
    }

    @AfterEach
    void end() throws Exception {
        if (broker != null) {
            broker.close();
        }
    }

    private GroupMember named(AgentKafka wire) {
        return new GroupMember(
                wire, "g", "agent-1", Map.of(), reader -> reader.subscribe(List.of(TOPIC)));
    }

    /** One round as the agent's loops do them. */
    private static Set<TopicPartition> round(GroupMember member, List<String> fenced) {
        try {
            var reader = member.consumer();
            reader.poll(Duration.ofMillis(100));
            return reader.assignment();
        } catch (FencedInstanceIdException e) {
            fenced.add(e.getMessage());
            member.fenced();
            return Set.of();
        }
    }

    @Test
    void twoProcessesWithOneNameShareTheWorkInTheEnd() {
        var wire = new AgentKafka(kafka, () -> {});
        var one = named(wire);
        var two = named(wire);
        var fenced = new ArrayList<String>();
        await().atMost(LONG).until(() -> round(one, fenced).size() == PARTITIONS);
        assertThat(fenced).isEmpty();
        try {
            await().atMost(LONG)
                    .until(() -> {
                        var ours = new HashSet<>(round(one, fenced));
                        var theirs = round(two, fenced);
                        var nobodyIdles = !ours.isEmpty() && !theirs.isEmpty();
                        var apart =
                                ours.size() + theirs.size() == PARTITIONS && ours.addAll(theirs);
                        return nobodyIdles && apart && ours.size() == PARTITIONS;
                    });
            assertThat(fenced).as("the one that was there first").hasSize(1);
        } finally {
            one.close(CloseOptions.timeout(Duration.ofSeconds(5)));
            two.close(CloseOptions.timeout(Duration.ofSeconds(5)));
            wire.close();
        }
    }
}
