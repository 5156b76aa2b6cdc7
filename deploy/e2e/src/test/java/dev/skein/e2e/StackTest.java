// SPDX-License-Identifier: Apache-2.0
package dev.skein.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.agent.cli.Skein;
import dev.skein.engine.postgres.PgClient;
import dev.skein.standalone.demo.Demo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** One stack for all tests, in the order of what they need from it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static @Nullable RunningStack running;
    private static @Nullable PgClient client;

    @BeforeAll
    static void start() throws Exception {
        client = PgClient.create();
        running = new RunningStack();
    }

    @AfterAll
    static void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (running != null) {
            var all = ProcessHandle.current().children().toList();
            running.close();
            assertThat(all).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    private static RunningStack stack() {
        var stack = running;
        assertThat(stack).isNotNull();
        return requireNonNull(stack);
    }

    private static TestFleet fleet(String prefix, int perSite) {
        return new TestFleet(stack().stack, requireNonNull(client), prefix, perSite);
    }

    private static Path folder(String name) {
        return stack().home.data().resolve("e2e-" + name);
    }

    @Test
    @Order(1)
    void everyClaimOfTheDemoHolds() throws Exception {
        assertThat(new Demo(stack().home, stack().out).tell(stack().stack)).isZero();
    }

    @Test
    @Order(2)
    void anAgentIsKilledInTheMiddleOfAWave() throws Exception {
        var fleet = fleet("a", 8);
        fleet.begin(folder("a"), 1.0);
        fleet.awaitMiddle(0);
        stack().signal("KILL", busyAgent());
        fleet.awaitStatus("completed", LONG);
        fleet.assertInvariants();
    }

    @Test
    @Order(3)
    void theApiIsKilledWhileItDispatches() throws Exception {
        var fleet = fleet("b", 8);
        fleet.begin(folder("b"), 0.1);
        fleet.awaitMiddle(1);
        stack().signal("KILL", "api");
        await().atMost(LONG).ignoreExceptions().until(() -> TestFleet.ask("status").has("agents"));
        fleet.awaitStatus("completed", LONG);
        fleet.assertInvariants();
    }

    @Test
    @Order(4)
    void aStoppedAgentsWorkIsTakenOverByAnotherOfItsSite() throws Exception {
        var fleet = fleet("c", 8);
        // Ten seconds a database, and none of the wave's is done: whoever is busy is in the middle.
        fleet.begin(folder("c"), 2.0);
        fleet.awaitMiddle(0);
        var agent = busyAgent();
        stack().signal("STOP", agent);
        long stopped = System.nanoTime();
        try {
            fleet.awaitStatus("completed", LONG);
            // Its sessions hold their locks until the server ends them for being idle.
            assertThat(System.nanoTime() - stopped).isGreaterThan(Duration.ofSeconds(20).toNanos());
            stack().out
                    .say(
                            "taken over after %d s"
                                    .formatted((System.nanoTime() - stopped) / 1_000_000_000));
            await().atMost(LONG)
                    .until(() -> System.nanoTime() - stopped > Duration.ofSeconds(40).toNanos());
        } finally {
            stack().signal("CONT", agent);
        }
        await("the agent is back")
                .atMost(LONG)
                .untilAsserted(() ->
                        assertThat(TestFleet.ask("status").path("agents"))
                                .hasSize(4)
                                .allMatch(one -> one.path("alive").asBoolean()));
        fleet.assertInvariants();
    }

    /** An agent that says that it is working on something. */
    private static String busyAgent() {
        return await().atMost(LONG)
                .until(
                        () -> {
                            for (var agent : TestFleet.ask("status").path("agents")) {
                                if (agent.path("running").asInt() > 1) {
                                    return "agent-" + agent.path("id").asText();
                                }
                            }
                            return "";
                        },
                        name -> !name.isEmpty());
    }

    @Test
    @Order(5)
    void everythingIsKilledAndGoesOn() throws Exception {
        // Three turns of two and a half seconds: there is work left when everything is gone.
        var fleet = fleet("d", 8);
        fleet.begin(folder("d"), 0.5);
        fleet.awaitMiddle(1);
        // What is being restarted when the servers that it needs die must not keep them from it.
        long first = stack().process("api").pid();
        stack().signal("KILL", "api");
        await().atMost(LONG).until(() -> stack().process("api").pid() != first);
        for (var name :
                List.of(
                        "api",
                        "audit",
                        "agent-eu-1",
                        "agent-eu-2",
                        "agent-us-1",
                        "agent-us-2",
                        "broker",
                        "postgres-control",
                        "postgres-eu",
                        "postgres-us")) {
            stack().signal("KILL", name);
        }
        await().atMost(LONG).ignoreExceptions().until(() -> TestFleet.ask("status").has("agents"));
        fleet.awaitStatus("completed", LONG);
        fleet.awaitServers(LONG);
        fleet.assertInvariants();
    }

    @Test
    @Order(6)
    void theRecordIsReadByThoseWhoMayAndOutlivesItsService() throws Exception {
        var audit = TestFleet.ask("audit", "checkpoint");
        var key = audit.path("key").asText();
        var note = folder("checkpoint");
        Files.writeString(note, audit.path("checkpoint").asText());
        stack().signal("KILL", "audit");
        var record = folder("record.jsonl");
        await().atMost(LONG)
                .until(() ->
                        Skein.run(stack().out, "audit", "export", "-o", record.toString()) == 0);
        var since = "--since=" + note;
        assertThat(
                        Skein.run(
                                stack().out,
                                "audit",
                                "verify",
                                record.toString(),
                                "--key",
                                key,
                                since))
                .isZero();
        var growth = folder("growth");
        Files.writeString(growth, TestFleet.ask("audit", "proof", since).asText());
        assertThat(
                        Skein.run(
                                stack().out,
                                "audit",
                                "verify",
                                growth.toString(),
                                "--key",
                                key,
                                since))
                .isZero();
        assertThat(Skein.run(stack().out, "audit", "proof", "0", since)).isEqualTo(2);
        assertThat(Skein.run(stack().out, "audit", "trouble")).isZero();
        try (var http = HttpClient.newHttpClient()) {
            var url = stack().stack.auditUrl() + "/api/audit/head";
            for (var token : List.of("", "Bearer nonsense", "Bearer " + "x".repeat(2000))) {
                var request = HttpRequest.newBuilder(URI.create(url));
                if (!token.isEmpty()) {
                    request.header("Authorization", token);
                }
                var answer = http.send(request.build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).doesNotContain(key);
            }
        }
    }

    @Test
    @Order(7)
    void whatNeverArrivedIsAskedForAgain() throws Exception {
        var fleet = fleet("g", 1);
        fleet.begin(folder("g"), 0);
        fleet.awaitStatus("completed", LONG);
        fleet.assertInvariants();
        fleet.loseAnEntry();
        fleet.assertInvariants();
        assertThat(TestFleet.ask("audit", "trouble").path("sources")).isEmpty();
    }

    @Test
    @Order(8)
    @Timeout(value = 20, unit = TimeUnit.MINUTES) // else for as long as a dump may take
    void aServiceThatStartsAnewHasItsClassesFromAnArchive() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/maps")), "only Linux shows what is mapped");
        stack().awaitArchives();
        for (var name : List.of("audit", "agent-eu-1", "api")) {
            long before = stack().process(name).pid();
            stack().signal("KILL", name);
            await(name)
                    .atMost(LONG)
                    .until(() -> stack().process(name).pid() != before && stack().isReady(name));
            var maps = Path.of("/proc/" + stack().process(name).pid() + "/maps");
            assertThat(Files.readString(maps))
                    .containsPattern("/target/built/" + name.split("-")[0] + "-[0-9a-f]+\\.jsa");
        }
    }
}
