// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.DatabaseAddress;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the control plane hears of a database that stays what it is. */
class DatabaseReporterTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path data;

    private final AtomicReference<Instant> set = new AtomicReference<>(NOON);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may begin anywhere

    private static AgentConfig config() {
        var settings = Map.of("skein.agent.id", "a1", "skein.agent.site", "eu");
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withConverter(Duration.class, 100, text -> Duration.ofSeconds(5))
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(AgentConfig.class);
    }

    private static DatabaseLook look() {
        var address = DatabaseAddress.parse("postgresql://u@127.0.0.1/d");
        var place = new ServerDatabase("main", "d", 1, "7", 15, 1, address, Map.of(), 4, "eu/main");
        return new DatabaseLook(place, "0".repeat(32), null, 0, null, null, null);
    }

    /** When what is in the topic was seen. */
    private static List<Instant> told(AgentKafka wire) {
        var part = new TopicPartition(Topics.INVENTORY, 0);
        var told = new ArrayList<Instant>();
        try (var consumer = wire.consumer(Map.of())) {
            consumer.assign(List.of(part));
            long end = requireNonNull(consumer.endOffsets(List.of(part)).get(part));
            while (consumer.position(part) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record ->
                                told.add(Json.read(record.value(), DatabaseReport.class).at()));
            }
        }
        return told;
    }

    /** Whoever waits for it hears of it every five minutes, also where the clock was set back. */
    @Test
    void whatStaysAsItIsIsToldAgainWhateverTimeItIs() throws Exception {
        var home = Path.of(System.getProperty("skein.root")).resolve("deploy/broker/target");
        try (var broker = BrokerProcess.start(home, data)) {
            var kafka = Map.<String, Object>of("bootstrap.servers", broker.bootstrap());
            try (var admin = Admin.create(kafka)) {
                var topic = new NewTopic(Topics.INVENTORY, 1, (short) 1);
                admin.createTopics(List.of(topic)).all().get();
            }
            var wire = new AgentKafka(kafka, () -> {});
            InstantSource clock = set::get;
            var utc = clock.withZone(ZoneOffset.UTC);
            var reporter = new DatabaseReporter(wire, config(), utc, nanos::get);
            reporter.report(look(), null);
            set.set(NOON.plus(Duration.ofHours(1)));
            reporter.report(look(), null); // set forward, and no time has gone by
            set.set(NOON.minus(Duration.ofHours(1)));
            nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
            reporter.report(look(), null);
            nanos.incrementAndGet();
            reporter.report(look(), null);
            wire.close();
            assertThat(told(wire)).containsExactly(NOON, set.get());
        }
    }
}
