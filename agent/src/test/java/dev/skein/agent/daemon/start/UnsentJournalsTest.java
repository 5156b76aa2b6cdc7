// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.CatalogPublisher;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnsentJournalsTest {
    private static AgentConfig config() {
        var settings = Map.of("skein.agent.id", "a1", "skein.agent.site", "eu");
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withConverter(Duration.class, 100, text -> Duration.ofSeconds(5))
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(AgentConfig.class);
    }

    private static DatabaseLook behind(int port, long oid) {
        var address = DatabaseAddress.parse("postgresql://u@127.0.0.1:%d/d".formatted(port));
        var place =
                new ServerDatabase("main", "d", oid, "7", 15, 1, address, Map.of(), 4, "eu/main");
        var uid = "%032x".formatted(oid);
        var state = new JournalState(uid, "i", 3, new byte[32], 1, 0, List.of(), null);
        return new DatabaseLook(place, uid, state, 1, null, null, null);
    }

    /** A server that has vanished: one of its databases is waited for, and all are told of. */
    @Test
    void aServerThatIsSilentIsWaitedForOnceInARound() throws Exception {
        var vertx = Vertx.vertx();
        var wire = new AgentKafka(Map.of(), () -> {});
        var registry = new SimpleMeterRegistry();
        var inventory =
                new DatabaseInventory(
                        config(),
                        new OwnedPartitions(),
                        vertx,
                        new CatalogPublisher(wire, config(), Clock.systemUTC()),
                        registry);
        var left = new UnsentJournals(inventory, new JournalRelay(wire, vertx, config(), registry));
        int port = Integer.parseInt(TestServer.get().maintenance().server().replaceAll(".*:", ""));
        try (var proxy = new SilentProxy(port)) {
            proxy.silenceAfter(0);
            var looks = List.of(behind(proxy.port(), 1), behind(proxy.port(), 2));
            var told = new ArrayList<DatabaseLook>();
            left.send(looks, told::add);
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(told).isEqualTo(looks);
            told.clear();
            left.send(looks, told::add);
            assertThat(proxy.connections()).isEqualTo(2);
            assertThat(told).as("another one is tried").isEqualTo(looks.reversed());
            left.send(looks.subList(0, 1), look -> {});
            told.clear();
            left.send(looks, told::add);
            assertThat(told).as("one was gone meanwhile").isEqualTo(looks.reversed());
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
