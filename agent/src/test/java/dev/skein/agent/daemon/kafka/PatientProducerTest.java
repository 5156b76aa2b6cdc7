// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientProducerTest {
    private static final String TOPIC = "refusing";
    private static final int RECORDS = 50;

    private static void limit(Admin admin, int bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        var entry = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
        Map<ConfigResource, Collection<AlterConfigOp>> change =
                Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET)));
        admin.incrementalAlterConfigs(change).all().get();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what becomes of each is counted
    private static AtomicInteger[] send(PatientProducer producer) {
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        IntStream.range(0, RECORDS)
                .forEach(i ->
                        producer.send(
                                new ProducerRecord<>(TOPIC, "k", new byte[100]),
                                (place, error) ->
                                        (error == null ? taken : refused).incrementAndGet()));
        return new AtomicInteger[] {taken, refused};
    }

    @Test
    void batchesThatATopicRefusesAreNotSentAgainWithoutPause(@TempDir Path data) throws Exception {
        var home = Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target");
        try (var broker = BrokerProcess.start(home, data);
                var admin =
                        Admin.create(
                                Map.<String, Object>of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            limit(admin, 10);
            var settings =
                    Map.<String, Object>of(
                            "bootstrap.servers",
                            broker.bootstrap(),
                            "linger.ms",
                            50,
                            "delivery.timeout.ms",
                            600_000);
            try (var producer = new PatientProducer(settings, Duration.ofSeconds(3))) {
                var first = send(producer);
                await().atMost(Duration.ofMinutes(2)).until(() -> first[1].get() == RECORDS);
                var alone = send(producer);
                await().atMost(Duration.ofMinutes(2)).until(() -> alone[1].get() == RECORDS);
                limit(admin, 1_000_000);
                var after = send(producer);
                await().atMost(Duration.ofMinutes(2)).until(() -> after[0].get() == RECORDS);
                await().atMost(Duration.ofMinutes(2)).until(producer::isBatching);
                var last = send(producer);
                await().atMost(Duration.ofMinutes(2)).until(() -> last[0].get() == RECORDS);
                assertThat(last[1]).hasValue(0);
            }
        }
    }
}
