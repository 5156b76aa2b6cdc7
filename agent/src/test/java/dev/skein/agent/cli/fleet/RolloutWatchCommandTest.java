// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.skein.agent.cli.Skein;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever watches a rollout watches it to its end, whatever becomes of the control plane. */
class RolloutWatchCommandTest {
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer api;
    private List<String> answers = List.of();

    @BeforeEach
    void listen() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext(
                "/api/rollouts/r-1",
                exchange -> {
                    var answer = answers.get(Math.min(asked.getAndIncrement(), answers.size() - 1));
                    switch (answer) {
                        case "cut" -> {} // closed without a word, as by a process that is killed
                        case "away" -> {
                            var body =
                                    "{\"title\": \"Db\", \"detail\": \"it is away\"}"
                                            .getBytes(StandardCharsets.UTF_8);
                            exchange.getResponseHeaders()
                                    .add("Content-Type", "application/problem+json");
                            exchange.sendResponseHeaders(503, body.length);
                            exchange.getResponseBody().write(body);
                        }
                        default -> {
                            var body =
                                    "{\"id\": \"r-1\", \"status\": \"%s\", \"waves\": []}"
                                            .formatted(answer)
                                            .getBytes(StandardCharsets.UTF_8);
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                        }
                    }
                    exchange.close();
                });
        api.start();
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    private record Ended(int code, String said) {}

    private Ended watch(String... more) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Skein.class.getName(),
                                "rollout",
                                "watch",
                                "r-1"));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SKEIN_API", "http://127.0.0.1:" + api.getAddress().getPort());
        builder.environment().put("SKEIN_TOKEN", "token");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    @Test
    void aControlPlaneThatRestartsIsWaitedFor() throws Exception {
        answers = List.of("running", "cut", "cut", "away", "running", "completed");
        var ended = watch();
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said())
                .containsOnlyOnce("Reconnecting:")
                .contains("The control plane answers again")
                .contains("r-1 completed");
    }

    @Test
    void whoNeverAnsweredIsMoreLikelyAnotherAddress() throws Exception {
        answers = List.of("cut");
        var ended = watch();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).doesNotContain("Reconnecting");
    }

    @Test
    void aWatchThatEndsBeforeTheRolloutSaysSoByItsOwnCode() throws Exception {
        answers = List.of("running");
        var ended = watch("--timeout", "1s");
        assertThat(ended.code()).as(ended.said()).isEqualTo(3);
        assertThat(ended.said()).contains("it is running after 1 s", "skein rollout show r-1");
    }

    @Test
    void aHaltIsNoSuccess() throws Exception {
        answers = List.of("running", "halted");
        assertThat(watch().code()).isEqualTo(1);
    }
}
