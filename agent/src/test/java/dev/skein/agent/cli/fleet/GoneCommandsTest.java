// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skein.agent.cli.Skein;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said and asked of databases and agents that are gone. */
class GoneCommandsTest {
    private static final String UID = "a".repeat(32);
    private static final String GONE =
            """
            [{"uid": "%s", "name": "old", "site": "eu", "server": "main", "heads": [], "seq": 3,
              "problem": "it is not at site eu", "notSeenSince": "2026-11-01T10:00:00Z"},
             {"uid": "%s", "name": "old", "site": "eu", "server": "main", "heads": [], "seq": 1}]\
            """
                    .formatted(UID, "b".repeat(32));
    private static final String STATUS =
            """
            {"databases": 2, "byHeads": {"": 1}, "problems": [{"problem": "it is not at site eu", "site": "eu",
              "server": "main", "databases": 1, "examples": ["eu/old"], "notSeenSince": "2026-11-01T10:00:00Z"}],
             "agents": [{"id": "eu-1", "site": "eu", "databases": 1, "running": 0, "alive": true,
               "seen": "2026-11-29T10:00:00Z"}, {"id": "eu-2", "site": "eu", "databases": 7, "running": 0,
               "alive": false, "seen": "2026-11-02T10:00:00Z"}]}\
            """;

    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private HttpServer api;

    @BeforeEach
    void listen() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/api/databases", exchange -> answer(exchange, GONE));
        api.createContext("/api/status", exchange -> answer(exchange, STATUS));
        api.createContext("/api/agents", exchange -> answer(exchange, "{}"));
        api.start();
    }

    private void answer(HttpExchange exchange, String text) throws IOException {
        asked.add(said(exchange));
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String said(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        return exchange.getRequestURI() + new String(body, StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    private String skein(String... words) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Skein.class.getName()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SKEIN_API", "http://127.0.0.1:" + api.getAddress().getPort());
        builder.environment().put("SKEIN_TOKEN", "token");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void whatIsGoneIsListedWithWhenItWasSeenLast() throws Exception {
        assertThat(skein("targets", "--gone"))
                .contains("it is not at site eu; not seen since 2026-11-01T10:00:00Z");
        assertThat(asked.remove()).contains("gone=true");
        skein("targets");
        assertThat(asked.remove()).doesNotContain("gone");
    }

    @Test
    void databasesAreForgottenByNameOrUidForAReason() throws Exception {
        assertThat(skein("targets", "forget", "eu/old", UID, "--reason", "they left"))
                .contains("Forgot 1 database");
        assertThat(asked.remove()).startsWith("/api/databases?");
        assertThat(asked.remove())
                .startsWith("/api/databases/forget")
                .contains("\"databases\":[\"" + UID + "\"]")
                .contains("\"reason\":\"they left\"");
    }

    @Test
    void agentsAreListedAndForgottenForAReason() throws Exception {
        assertThat(skein("agents")).contains("silent since 2026-11-02T10:00:00Z").contains("alive");
        assertThat(asked.remove()).startsWith("/api/status");
        assertThat(skein("agents", "forget", "eu-2", "-r", "it was returned"))
                .contains("Forgot 1 agent");
        assertThat(asked.remove())
                .startsWith("/api/agents/forget")
                .contains("\"agents\":[\"eu-2\"]")
                .contains("\"reason\":\"it was returned\"");
    }

    @Test
    void theStatusSaysSinceWhenDatabasesAndAgentsAreGone() throws Exception {
        assertThat(skein("status"))
                .contains("it is not at site eu, not seen since 2026-11-01T10:00:00Z (eu/old)")
                .contains("agent eu-1 at eu: alive,")
                .contains("agent eu-2 at eu: silent since 2026-11-02T10:00:00Z, 7 databases");
    }
}
