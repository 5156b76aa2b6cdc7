// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.service.database.Db;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is silent, gone or unanswered: nothing waits for it for ever. */
@QuarkusTest
class GoneTest extends ControlPlane {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Inject Db db;

    private static ValidatableResponse post(String id, String verb, Map<String, Object> body) {
        return as("joe")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/rollouts/" + id + "/" + verb)
                .then();
    }

    private static void become(String id, String status) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        as("vic")
                                .get("/api/rollouts/" + id)
                                .then()
                                .body("status", equalTo(status)));
    }

    private void start(String id, int size) {
        fleet(id, size);
        create(id, id, Map.of("name", "all", "budget", "50%"));
        approve(id);
        await().atMost(LONG).until(() -> agent.directives().size() == size);
    }

    private Directive directive(String name) {
        return Objects.requireNonNull(agent.directives().get(FakeAgent.uid(name)));
    }

    @Test
    void aHaltForSilenceEndsWhenTheSiteIsHeardAgain() {
        start("quiet", 2);
        agent.fallSilent();
        become("quiet", "halted");
        expectOpen(2, Directive.Action.HOLD);
        agent.beat();
        become("quiet", "running");
        agent.directives()
                .values()
                .forEach(d ->
                        agent.report(
                                nameOf("quiet", d.uid()),
                                new Answer(d.generation(), Kind.HELD, "as asked")));
        expectOpen(2, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        become("quiet", "completed");
    }

    @Test
    void whatHaltedForFailuresStaysSoAndHoldsNobodyUp() {
        start("broken", 1);
        agent.fail(directive("broken0"), "42P01");
        become("broken", "halted");
        start("beside", 1);
        db.run(tx -> tx.query("UPDATE directive SET ends_at = now() WHERE rollout = 'beside'"));
        become("beside", "halted"); // a round that looks for silence comes before that
        become("broken", "halted");
    }

    @Test
    void whatIsNotAtItsSiteFailsAndIsNotPlannedAgain() {
        start("moved", 2);
        agent.absent("moved0", new Answer(directive("moved0").generation(), Kind.REFUSED, "gone"));
        agent.succeed(directive("moved1"));
        become("moved", "completed");
        as("vic")
                .queryParam("select", "name = moved0")
                .get("/api/databases")
                .then()
                .body("[0].problem", equalTo("it is not at site eu"))
                .body("[0].server", equalTo("main"));
    }

    @Test
    void aDirectiveThatNobodyAnswersEndsByTime() {
        start("mute", 2);
        agent.succeed(directive("mute0"));
        db.run(tx -> tx.query("UPDATE directive SET ends_at = now() WHERE rollout = 'mute'"));
        become("mute", "completed");
        as("vic")
                .get("/api/rollouts/mute")
                .then()
                .body("failures.signature", equalTo(List.of("UNANSWERED")))
                .body("failures[0].examples", equalTo(List.of("eu/mute1")));
    }

    @Test
    void whatIsOpenAtASiteThatWasRemovedEndsWithWords() {
        start("removed", 2);
        agent.succeed(directive("removed0"));
        var uid = FakeAgent.uid("removed1");
        db.run(tx -> {
            tx.query("UPDATE directive SET site = 'gone' WHERE uid = $1", uid);
            tx.query(
                    "UPDATE rollout_target SET changed_at = now() - interval '11 minutes' WHERE uid"
                            + " = $1",
                    uid);
        });
        become("removed", "completed");
        as("vic")
                .get("/api/rollouts/removed")
                .then()
                .body("failures.signature", equalTo(List.of("UNANSWERED")))
                .body("failures.message", equalTo(List.of("site gone is not in skein.api.sites")))
                .body("failures[0].examples", equalTo(List.of("eu/removed1")));
        // What is left in its topic would be in the way of the other tests.
        db.run(tx ->
                tx.query(
                        "UPDATE directive SET site = 'eu', published = false WHERE uid = $1", uid));
        await().atMost(LONG).until(() -> agent.directives().isEmpty());
    }

    @Test
    void aHoldThatNobodyAnswersEndsByTimeAndTheNextRolloutMayBegin() {
        start("stuck", 1);
        post("stuck", "abort", Map.of("reason", "enough")).statusCode(204);
        expectOpen(1, Directive.Action.HOLD);
        create("stuck-2", "stuck", Map.of("name", "all"));
        var hash = as("vic").get("/api/rollouts/stuck-2/plan").jsonPath().getString("hash");
        as("bob")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/stuck-2/approve")
                .then()
                .statusCode(409);
        db.run(tx -> tx.query("UPDATE directive SET ends_at = now() WHERE rollout = 'stuck'"));
        await().atMost(LONG).until(() -> agent.directives().isEmpty());
        approve("stuck-2");
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        become("stuck-2", "completed");
    }

    @Test
    void databasesAreSkippedForAReasonAndNeverTriedAgain() {
        start("skip", 3);
        agent.succeed(directive("skip0"));
        agent.fail(directive("skip1"), "23514 a");
        await().atMost(LONG).until(() -> agent.directives().size() == 1);
        var both = List.of("skip1", FakeAgent.uid("skip2"));
        as("vic").post("/api/rollouts/skip/skip").then().statusCode(403);
        post("skip", "skip", Map.of("reason", "x", "databases", List.of("skip0")))
                .statusCode(400)
                .body("detail", containsString("it waits for no database skip0"));
        post("skip", "skip", Map.of("reason", "test shops", "databases", both)).statusCode(204);
        become("skip", "completed");
        as("vic")
                .get("/api/rollouts/skip")
                .then()
                .body("waves[0].aside", equalTo(2))
                .body("waves[0].failed", equalTo(0))
                .body("setAside.reason", equalTo(List.of("skipped by joe: test shops")))
                .body("setAside[0].examples", hasSize(2));
    }

    @Test
    void oneIsSkippedAsItIsPrintedAndANameOfSeveralIsRefused() {
        start("twin", 5);
        agent.succeed(directive("twin4"));
        db.run(tx -> {
            tx.query("UPDATE rollout_target SET name = 'shop' WHERE uid = ANY ($1)", uids(0, 1, 2));
            tx.query("UPDATE rollout_target SET site = 'far' WHERE uid = ANY ($1)", uids(1, 2));
            tx.query("UPDATE fleet_database SET server = 'two' WHERE uid = ANY ($1)", uids(2));
        });
        post("twin", "skip", Map.of("reason", "x", "databases", List.of("shop")))
                .statusCode(400)
                .body("detail", containsString("'shop' may be any of 3 of its databases"))
                .body("remedy", containsString("eu/main/shop, far/main/shop, far/two/shop"));
        post("twin", "skip", Map.of("reason", "x", "databases", List.of("far/shop")))
                .statusCode(400)
                .body("remedy", containsString("of them: far/main/shop, far/two/shop"));
        var named = List.of("eu/shop", "far/two/shop", "far/main/shop", "eu/twin3");
        post("twin", "skip", Map.of("reason", "x", "databases", named)).statusCode(204);
        become("twin", "completed");
        post("twin", "skip", Map.of("reason", "x", "databases", List.of("eu/shop")))
                .statusCode(400)
                .body("detail", containsString("it waits for no database eu/shop"));
    }

    private static Object uids(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(i -> FakeAgent.uid("twin" + i))
                .toArray(String[]::new);
    }

    @Test
    void whatWasSkippedIsNotTriedAgainWhenResumed() {
        start("left", 2);
        post("left", "pause", Map.of("reason", "look")).statusCode(204);
        post("left", "skip", Map.of("reason", "odd", "databases", List.of("left0")))
                .statusCode(204);
        agent.report(
                "left1", new Answer(directive("left1").generation() + 1, Kind.HELD, "as asked"));
        post("left", "resume", Map.of("reason", "go", "setAside", true)).statusCode(204);
        await().atMost(LONG)
                .until(() ->
                        agent.directives().size() == 1
                                && agent.directives().containsKey(FakeAgent.uid("left1"))
                                && directive("left1").action() == Directive.Action.MIGRATE);
        agent.succeed(directive("left1"));
        become("left", "completed");
    }

    @Test
    void whatNobodyHasSeenForLongIsShownAndNotPlanned() {
        fleet("faded", 2);
        var uid = FakeAgent.uid("faded0");
        db.run(tx ->
                tx.query(
                        "UPDATE fleet_database SET seen_at = now() - interval '2 hours' WHERE uid ="
                                + " $1",
                        uid));
        as("vic")
                .queryParam("select", "name = faded0")
                .get("/api/databases")
                .then()
                .body("[0].problem", equalTo("no agent has told of it for more than an hour"));
        create("faded", "faded", Map.of("name", "all"));
        as("vic")
                .get("/api/rollouts/faded/plan")
                .then()
                .body("plan.setAside.examples", equalTo(List.of(List.of("eu/faded0"))));
        agent.report("faded0", null);
        await().atMost(LONG)
                .untilAsserted(() ->
                        as("vic")
                                .queryParam("select", "name = faded0")
                                .get("/api/databases")
                                .then()
                                .body("[0].problem", equalTo(null)));
    }

    private static ValidatableResponse forget(String who, String uid) {
        return as(who).contentType(ContentType.JSON)
                .body(Map.of("databases", List.of(uid), "reason", "they left"))
                .post("/api/databases/forget")
                .then();
    }

    private static List<String> names(String path) {
        return as("vic")
                .queryParam("select", "name = lost*")
                .get(path)
                .jsonPath()
                .getList("name", String.class);
    }

    @Test
    void whatIsForgottenIsNotPlannedUntilAnAgentTellsOfIt() {
        fleet("lost", 2);
        assertThat(names("/api/databases?gone=true")).isEmpty();
        agent.absent("lost0", new Answer(1, Kind.REFUSED, "it is not here"));
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(names("/api/databases?gone=true")).containsExactly("lost0"));
        as("vic").get("/api/status").then().body("problems.notSeenSince", hasItem(notNullValue()));
        assertThat(as("vic").get("/console/live").asString()).contains("; not seen since 20");
        forget("vic", FakeAgent.uid("lost0")).statusCode(403);
        forget("joe", FakeAgent.uid("lost1"))
                .statusCode(409)
                .body("detail", containsString("there"));
        forget("joe", FakeAgent.uid("nowhere")).statusCode(404);
        forget("joe", FakeAgent.uid("lost0")).statusCode(204);
        assertThat(names("/api/databases")).containsExactly("lost1");
        create("lost", "lost", Map.of("name", "all"));
        as("vic")
                .get("/api/rollouts/lost/plan")
                .then()
                .body("plan.setAside", empty())
                .body("plan.waves[0].examples", equalTo(List.of("eu/lost1")));
        await().atMost(LONG)
                .until(() -> !agent.published("database/" + FakeAgent.uid("lost0")).isEmpty());
        agent.report("lost0", null);
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(names("/api/databases")).containsExactly("lost0", "lost1"));
    }

    @Test
    void aTrialThatNobodyAnsweredIsAskedAgainAndWhatItFindsLaterIsKept() {
        start("tried", 1);
        var backup = agent.save(directive("tried0"));
        agent.succeed(directive("tried0"));
        become("tried", "completed");
        await().atMost(LONG).until(() -> trials() == 1);
        db.run(tx ->
                tx.query(
                        "UPDATE request SET asked_at = now() - interval '11 minutes' WHERE kind ="
                                + " 'TryBackup' AND rollout = 'tried'"));
        await().atMost(LONG).until(() -> trials() == 2);
        var again = agent.requests("tried0", Request.TryBackup.class).getLast();
        agent.reply(again, null, new Reply.Tried(backup.sha256(), List.of("t has 4 rows")));
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(
                                        as("vic")
                                                .get("/api/rollouts/tried")
                                                .jsonPath()
                                                .getString("reason"))
                                .contains("could not be restored: t has 4 rows"));
        become("tried", "completed");
    }

    @Test
    void aRehearsalThatNobodyAnsweredIsAskedAgain() {
        start("unheard", 1);
        await().atMost(LONG).until(() -> rehearsals() == 1);
        db.run(tx ->
                tx.query(
                        "UPDATE request SET asked_at = now() - interval '11 minutes' WHERE kind ="
                                + " 'Rehearse' AND rollout = 'unheard'"));
        await().atMost(LONG).until(() -> rehearsals() == 2);
        agent.succeed(directive("unheard0")); // what stays open is in the way of the next test
        become("unheard", "completed");
    }

    private int rehearsals() {
        return agent.requests("unheard0", Request.Rehearse.class).size();
    }

    private int trials() {
        return agent.requests("tried0", Request.TryBackup.class).size();
    }
}
