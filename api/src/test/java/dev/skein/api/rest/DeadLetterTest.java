// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that PostgreSQL or the code refuses stop nobody, and are not lost. */
@QuarkusTest
class DeadLetterTest extends ControlPlane {
    @Inject Db db;

    private static List<Map<String, Object>> letters(String part) {
        return as("vic")
                .get("/api/dead-letters?all=true")
                .jsonPath()
                .<Map<String, Object>>getList("")
                .stream()
                .filter(letter -> String.valueOf(letter.get("reason")).contains(part))
                .toList();
    }

    private static void expectLetters(String part, int number) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(letters(part)).hasSize(number));
    }

    @Test
    void whatNoDatabaseTakesStandsAsideAndRolloutsGoOn() {
        fleet("poison", 2);
        var uid = FakeAgent.uid("poison0");
        agent.envelope(uid, "an incarnation\0 with NUL", List.of("a"));
        agent.envelope(uid, "i1", List.of("a\0head"));
        agent.envelope(FakeAgent.uid("nobody"), "i".repeat(9000), List.of("a"));
        agent.text("{\"uid\": 7");
        create("poisoned", "poison", Map.of("name", "all"));
        approve("poisoned");
        expectOpen(2, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect("poisoned", "completed");
        expectLetters("22021", 1);
        expectLetters("22P05", 1); // the same of a list, which goes to the server as JSON
    }

    private static String report(String name, long accepted) {
        return """
        {"uid": "%s", "site": "eu", "server": "main", "name": "%s", "agent": "eu-1",
         "heads": [], "incarnation": "i1", "seq": 0, "accepted": %d, "sizeBytes": 1,
         "serverMajor": 15, "labels": {}, "at": "%s"}
        """
                .formatted(FakeAgent.uid(name), name, accepted, Instant.now());
    }

    @Test
    void aGenerationThatNoneFollowsIsRefusedAndRolloutsBeginAndEnd() {
        fleet("beyond", 2);
        agent.text(report("beyond0", Long.MAX_VALUE));
        agent.envelope(FakeAgent.uid("beyond1"), "i1", List.of("a"), Long.MAX_VALUE);
        expectLetters("no generation", 2);
        create("beyond", "beyond", Map.of("name", "all"));
        approve("beyond");
        expectOpen(2, Directive.Action.MIGRATE);
        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "enough"))
                .post("/api/rollouts/beyond/abort")
                .then()
                .statusCode(204);
        expectOpen(2, Directive.Action.HOLD);
        var held = List.copyOf(agent.directives().values());
        for (var directive : held) {
            agent.report(
                    nameOf("beyond", directive.uid()),
                    new DatabaseReport.Answer(
                            directive.generation(), DatabaseReport.Kind.HELD, "as asked"));
        }
        expect("beyond", "aborted");
    }

    @Test
    void aTimeThatLiesBeforeAllTimeLeavesARolloutReadable() {
        fleet("ages", 1);
        create("ages", "ages", Map.of("name", "all"));
        approve("ages");
        expectOpen(1, Directive.Action.MIGRATE);
        var open = agent.directives().values().iterator().next();
        agent.text(
                Topics.AGENTS,
                """
                {"agent": "eu-old", "site": "eu", "started": "2026-11-22T10:00:00Z", "databases": 1,
                 "running": 1, "at": "%s", "attempts": [{"uid": "%s", "generation": %d, "tries": 1,
                 "seconds": 9223372036854775807, "troubled": true, "doing": "waits"}]}
                """
                        .formatted(Instant.now(), open.uid(), open.generation()));
        expectLetters("no time: 9223372036854775807", 1);
        as("vic").get("/api/rollouts/ages").then().statusCode(200);
        as("vic").get("/console/rollouts/ages").then().statusCode(200);
        agent.succeed(open);
        expect("ages", "completed");
    }

    @Test
    void halfOfACharacterIsNotStoredAsSomethingElse() {
        fleet("halves", 1);
        var uid = FakeAgent.uid("half");
        agent.text(
                """
                {"uid": "%s", "site": "eu", "server": "main", "name": "half\\ud83d", "agent": "eu-1",
                 "heads": [], "seq": 0, "accepted": 0, "sizeBytes": 1, "serverMajor": 15,
                 "labels": {"team": "a"}, "at": "2026-11-22T10:00:00Z"}
                """
                        .formatted(uid));
        expectLetters("half of a character", 1);
        var known = as("vic").get("/api/databases").jsonPath().<String>getList("uid");
        assertThat(known).isNotEmpty().doesNotContain(uid);
    }

    @Test
    void aLetterIsReplayedOrDroppedByAnOperatorOnce() {
        fleet("letter", 1);
        agent.text("{\"uid\": \"nobody's\"}");
        expectLetters("nobody's", 1);
        var id = letters("nobody's").getFirst().get("id");
        as("vic").post("/api/dead-letters/" + id + "/replay").then().statusCode(403);
        as("joe")
                .post("/api/dead-letters/" + id + "/replay")
                .then()
                .statusCode(409)
                .body("detail", containsString("still cannot be taken"));
        assertThat(letters("nobody's").getFirst())
                .containsEntry("state", "waiting")
                .containsEntry("times", 2);
        as("joe").post("/api/dead-letters/" + id + "/drop").then().statusCode(204);
        as("joe")
                .post("/api/dead-letters/" + id + "/drop")
                .then()
                .statusCode(404)
                .body("detail", equalTo("none waits under this number"));
        assertThat(letters("nobody's").getFirst())
                .containsEntry("state", "dropped")
                .containsEntry("settledBy", "joe");
    }

    @Test
    void whatIsMendedIsTakenAsIfItHadComeNow() {
        var uid = FakeAgent.uid("mended");
        db.run(tx ->
                tx.query(
                        """
                        INSERT INTO dead_letter
                            (topic, part, at_offset, key, value, digest, produced_at, reason)
                        VALUES ($1, 0, 7, $2, $3, $2, $4, 'the version before knew no such thing')
                        """,
                        Topics.INVENTORY,
                        Buffer.buffer(uid),
                        Buffer.buffer(report("mended", 0)),
                        Instant.now().toEpochMilli()));
        assertThat(databases()).doesNotContain(uid);
        var id = letters("no such thing").getFirst().get("id");
        as("joe").post("/api/dead-letters/" + id + "/replay").then().statusCode(204);
        assertThat(databases()).contains(uid);
        assertThat(letters("no such thing").getFirst())
                .containsEntry("state", "replayed")
                .containsEntry("settledBy", "joe");
        as("joe").post("/api/dead-letters/" + id + "/replay").then().statusCode(404);
    }

    private static List<String> databases() {
        return as("vic").get("/api/databases").jsonPath().getList("uid");
    }

    @Test
    void decisionsThatTheLogLacksArePublishedOnceMore() {
        fleet("recall", 1);
        create("recalled", "recall", Map.of("name", "all"));
        approve("recalled");
        expectOpen(1, Directive.Action.MIGRATE);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> agent.published("rollout/recalled").size() >= 2);
        var before = agent.published("rollout/recalled");
        agent.recall("rollout/nobody's", 1);
        agent.recall("rollout/recalled", 2);
        var again = new ArrayList<>(before);
        again.addAll(before.subList(1, before.size()));
        await().atMost(Duration.ofMinutes(2))
                .until(() -> agent.published("rollout/recalled").equals(again));
        agent.directives().values().forEach(agent::succeed);
        expect("recalled", "completed");
    }

    @Test
    void theSameBytesAreOneLetterHoweverOftenTheyCome() {
        fleet("again", 1);
        for (int i = 0; i < 3; i++) {
            agent.text("{\"uid\": \"the same\"}");
        }
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(letters("the same"))
                                .singleElement()
                                .satisfies(l -> assertThat(l).containsEntry("times", 3)));
    }
}
