// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skein.broker.BrokerProcess;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.testing.Containers;
import dev.skein.engine.testing.TestServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL database and a real Kafka broker for the audit service under test, and somebody
 * who says for the control plane whose a token is: its first word is a name, the others are roles.
 */
public class AuditStack implements QuarkusTestResourceLifecycleManager {
    private final String name = "audit_" + ProcessHandle.current().pid();
    private @Nullable BrokerProcess broker;
    private @Nullable HttpServer control;

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory("skein-audit");
            var bootstrap = Containers.areWanted() ? Containers.kafka() : ownBroker(folder);
            makeTopics(bootstrap);
            try (var client = PgClient.create();
                    var admin =
                            client.open(TestServer.get().address("postgres"), "test", Map.of())) {
                admin.script("CREATE DATABASE " + name, Duration.ofSeconds(30));
            }
            var address = TestServer.get().address(name);
            var settings = new HashMap<String, String>();
            settings.put("skein.audit.database-url", address.url());
            settings.put("skein.audit.database-password", String.valueOf(address.password()));
            settings.put("skein.audit.key", folder.resolve("audit.key").toString());
            settings.put("skein.audit.api-url", control());
            settings.put("kafka.bootstrap.servers", bootstrap);
            settings.put("quarkus.http.test-port", "0");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ownBroker(Path folder) throws IOException {
        var root = Path.of(System.getProperty("skein.root"));
        var home = root.resolve("deploy/broker/target");
        var started = BrokerProcess.start(home, folder.resolve("broker"));
        broker = started;
        return started.bootstrap();
    }

    /** As the control plane does. */
    private static void makeTopics(String bootstrap) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var known = admin.listTopics().names().get();
            admin.createTopics(
                            Stream.of(
                                            Topics.JOURNAL,
                                            Topics.DECISIONS,
                                            Topics.INVENTORY,
                                            Topics.CATALOGS)
                                    .filter(topic -> !known.contains(topic))
                                    .map(topic -> new NewTopic(topic, 2, (short) 1))
                                    .toList())
                    .all()
                    .get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private String control() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/me",
                asked -> {
                    var token = asked.getRequestHeaders().getFirst("Authorization");
                    var words = token.substring("Bearer ".length()).split("-");
                    var roles =
                            Stream.of(words)
                                    .skip(1)
                                    .map(role -> '"' + role + '"')
                                    .reduce((a, b) -> a + ", " + b)
                                    .orElse("");
                    var says = "{\"name\": \"%s\", \"roles\": [%s]}".formatted(words[0], roles);
                    answer(asked, words[0], says.getBytes(StandardCharsets.UTF_8));
                });
        server.start();
        control = server;
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Some names are of a control plane that does not say whose a token is. */
    private static void answer(HttpExchange asked, String name, byte[] says) throws IOException {
        switch (name) {
            case "away" -> {} // closes without a word
            case "broken" -> asked.sendResponseHeaders(500, -1);
            case "refused" -> asked.sendResponseHeaders(401, -1);
            case "another" -> say(asked, "<html>".getBytes(StandardCharsets.UTF_8));
            default -> say(asked, says);
        }
        asked.close();
    }

    private static void say(HttpExchange asked, byte[] bytes) throws IOException {
        asked.sendResponseHeaders(200, bytes.length);
        asked.getResponseBody().write(bytes);
    }

    @Override
    public void stop() {
        if (control != null) {
            control.stop(0);
        }
        if (broker != null) {
            broker.close();
        }
        try (var client = PgClient.create();
                var admin = client.open(TestServer.get().address("postgres"), "test", Map.of())) {
            admin.script("DROP DATABASE " + name, Duration.ofSeconds(30));
        }
    }
}
