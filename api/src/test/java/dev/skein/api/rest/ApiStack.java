// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import dev.skein.broker.BrokerProcess;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.testing.Containers;
import dev.skein.engine.testing.TestServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL database and a real Kafka broker for the api under test. */
public class ApiStack implements QuarkusTestResourceLifecycleManager {
    static final String ADMIN = "admin password of the test";

    private final String name = "api_" + ProcessHandle.current().pid();
    private @Nullable BrokerProcess broker;

    @Override
    public Map<String, String> start() {
        try {
            var bootstrap = Containers.areWanted() ? Containers.kafka() : ownBroker();
            try (var client = PgClient.create();
                    var admin =
                            client.open(TestServer.get().address("postgres"), "test", Map.of())) {
                admin.script("CREATE DATABASE " + name, Duration.ofSeconds(30));
            }
            var address = TestServer.get().address(name);
            var settings = new HashMap<String, String>();
            settings.put("skein.api.database-url", address.url());
            settings.put("skein.api.database-password", String.valueOf(address.password()));
            settings.put("skein.api.sites", "ap,eu,sa,us");
            settings.put("skein.api.admin-password", ADMIN);
            settings.put("skein.api.silence", "8s");
            settings.put("skein.api.stalled-after", "2s");
            settings.put("kafka.bootstrap.servers", bootstrap);
            settings.put("quarkus.http.test-port", "0");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ownBroker() throws IOException {
        var root = Path.of(System.getProperty("skein.root"));
        var started =
                BrokerProcess.start(
                        root.resolve("deploy/broker/target"),
                        Files.createTempDirectory("skein-broker"));
        broker = started;
        return started.bootstrap();
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        // The api has ended: a connection that it left would keep its database from being dropped.
        try (var client = PgClient.create();
                var admin = client.open(TestServer.get().address("postgres"), "test", Map.of())) {
            admin.script("DROP DATABASE " + name, Duration.ofSeconds(30));
        }
    }
}
