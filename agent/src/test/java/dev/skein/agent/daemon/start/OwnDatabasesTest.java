// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.CatalogPublisher;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Topics;
import dev.skein.engine.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is told of databases, and how seldom. */
class OwnDatabasesTest {
    private static final List<Integer> ALL = IntStream.range(0, Topics.PARTITIONS).boxed().toList();

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir private Path secrets;

    private final Vertx vertx = Vertx.vertx();
    private final OwnedPartitions partitions = new OwnedPartitions();
    private final Told wire = new Told();
    private DatabaseInventory inventory;
    private OwnDatabases databases;

    /** Whose reports it is told, and what to call where they did not get through. */
    private static final class Told extends AgentKafka {
        private final List<String> uids = new ArrayList<>();
        private Runnable lost = () -> {};

        Told() {
            super(Map.of(), () -> {});
        }

        @Override
        public void tell(
                String topic, String key, Object value, CloudEvent event, Runnable onFailure) {
            if (topic.equals(Topics.INVENTORY)) {
                uids.add(key);
                lost = onFailure;
            }
        }

        List<String> taken() {
            var taken = List.copyOf(uids);
            uids.clear();
            return taken;
        }
    }

    @BeforeEach
    void databases() throws IOException {
        var config = config();
        var registry = new SimpleMeterRegistry();
        var catalogs = new CatalogPublisher(wire, config, Clock.systemUTC());
        inventory = new DatabaseInventory(config, partitions, vertx, catalogs, registry);
        var relay = new JournalRelay(wire, vertx, config, registry);
        var reporter = new DatabaseReporter(wire, config, Clock.systemUTC());
        var left = new UnsentJournals(inventory, relay);
        databases = new OwnDatabases(inventory, partitions, reporter, left);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private AgentConfig config() throws IOException {
        var file = secrets.resolve("password");
        Files.writeString(file, String.valueOf(database.address().password()));
        var own = database.address().database();
        var server = "skein.agent.servers.main.";
        var settings =
                Map.of(
                        "skein.agent.id",
                        "a1",
                        "skein.agent.site",
                        "eu",
                        server + "url",
                        database.address().withDatabase("postgres").toString(),
                        server + "password",
                        "file:" + file,
                        server + "databases",
                        own.substring(0, own.indexOf('_')) + "_*");
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withConverter(Duration.class, 100, text -> Duration.ZERO) // due in each round
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(AgentConfig.class);
    }

    private List<String> round() throws InterruptedException {
        inventory.refresh(Duration.ofMinutes(1));
        databases.tell();
        return wire.taken();
    }

    @Test
    void whatStaysAsItIsIsToldOnceAndWhatIsLostAgain() throws Exception {
        database.create();
        assertThat(round()).as("none is ours").isEmpty();
        partitions.assigned(ALL);
        assertThat(round()).hasSize(2).doesNotHaveDuplicates();
        assertThat(databases.count()).isEqualTo(2);
        assertThat(round()).isEmpty();
        wire.lost.run();
        assertThat(round()).hasSize(1);
        assertThat(round()).isEmpty();
    }

    /** Another agent may have told of it meanwhile, and is told last by whoever has it. */
    @Test
    void whatBecomesOursAgainIsToldAtOnce() throws Exception {
        partitions.assigned(ALL);
        assertThat(round()).hasSize(1);
        partitions.revoked(ALL);
        databases.letGo();
        assertThat(databases.count()).isZero();
        assertThat(round()).isEmpty();
        partitions.assigned(ALL);
        databases.letGo();
        assertThat(round()).hasSize(1);
        assertThat(databases.count()).isEqualTo(1);
    }
}
