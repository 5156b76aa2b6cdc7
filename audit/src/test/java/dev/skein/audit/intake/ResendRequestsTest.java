// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.TroubledHistories;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.event.Topics;
import dev.skein.service.testing.MadeTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is asked for where the topics are, on brokers that make any that is named. */
class ResendRequestsTest extends OnAuditDatabase {
    private static final Path BROKER =
            Path.of(System.getProperty("skein.root"), "deploy/broker/target");

    @TempDir Path folder;

    private ResendRequests resend(Map<String, Object> kafka) {
        return new ResendRequests(
                kafka,
                new TestSettings(folder),
                db,
                new FleetCoverage(),
                new TroubledHistories(),
                Clock.systemUTC());
    }

    private static long records(Admin admin, String topic) throws Exception {
        var partitions = IntStream.range(0, 3).mapToObj(p -> new TopicPartition(topic, p)).toList();
        long sum = 0;
        for (var p : partitions) {
            sum +=
                    admin.listOffsets(Map.of(p, OffsetSpec.latest()))
                            .partitionResult(p)
                            .get()
                            .offset();
        }
        return sum;
    }

    @Test
    void noTopicIsMadeByAsking() throws Exception {
        database.run(
                "INSERT INTO fleet (uid, site, server, name, incarnation, seq, ahead_since) VALUES"
                        + " (repeat('a', 32), 'eu', 's', 'n', 'i', 5, '-infinity');"
                        + " INSERT INTO source (id, next_seq, last_hash, state, since) VALUES"
                        + " ('rollout/r', 2, decode(repeat('00', 32), 'hex'), 'gap', '-infinity')");
        var data = folder.resolve("broker");
        Files.createDirectories(data);
        Files.writeString(data.resolve("server.properties"), "auto.create.topics.enable=true");
        try (var broker = BrokerProcess.start(BROKER, data)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrap());
            var resend = resend(kafka);
            try (var admin = Admin.create(kafka)) {
                resend.now();
                assertThat(admin.listTopics().names().get()).isEmpty();
                var topics = Set.of(Topics.requests("eu"), Topics.RECALLS);
                MadeTopics.make(
                        admin, topics.stream().map(t -> new NewTopic(t, 3, (short) 1)).toList());
                resend.now();
                for (var topic : topics) {
                    assertThat(records(admin, topic)).as(topic).isEqualTo(1);
                }
            } finally {
                resend.close();
            }
        }
    }
}
