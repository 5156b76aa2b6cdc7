// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.skein.agent.cli.Skein;
import dev.skein.engine.Json;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code skein rollout resume} asks of a control plane. */
class ResumeCommandTest {
    private final BlockingQueue<JsonNode> asked = new LinkedBlockingQueue<>();
    private HttpServer api;

    @BeforeEach
    void listen() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext(
                "/api/rollouts/r-1/resume",
                exchange -> {
                    asked.add(Json.read(exchange.getRequestBody().readAllBytes(), JsonNode.class));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        api.start();
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    private void skein(String... words) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var path = System.getProperty("java.class.path");
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                path,
                                Skein.class.getName()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var address = api.getAddress();
        builder.environment().put("SKEIN_API", "http://127.0.0.1:" + address.getPort());
        builder.environment().put("SKEIN_TOKEN", "token");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("Resumed r-1");
    }

    /** Without a word the control plane decides: after a halt they are. */
    @ParameterizedTest
    @CsvSource({"--set-aside, true", "--no-set-aside, false", "--json, "})
    void whatWasSetAsideIsTriedAgainAsSaid(String option, Boolean setAside) throws Exception {
        skein("rollout", "resume", "r-1", "--reason", "mended", option);
        var body = asked.remove();
        assertThat(body.path("reason").asText()).isEqualTo("mended");
        assertThat(body.has("setAside")).isEqualTo(setAside != null);
        if (setAside != null) {
            assertThat(body.get("setAside").asBoolean()).isEqualTo(setAside);
        }
    }
}
