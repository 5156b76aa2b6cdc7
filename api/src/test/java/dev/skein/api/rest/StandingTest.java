// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat.Attempt;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever is on call is told why a rollout stands, and since when. */
@QuarkusTest
class StandingTest extends ControlPlane {
    private static void soon(org.awaitility.core.ThrowingRunnable check) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(check);
    }

    private static Attempt attempt(Directive directive, long seconds, String doing) {
        return new Attempt(directive.uid(), directive.generation(), 4, seconds, seconds > 0, doing);
    }

    @Test
    void aRolloutInWhichNothingMovesSaysWhyAndSinceWhen() {
        fleet("standing", 3);
        create("standing", "standing", Map.of("name", "all", "parallel", 2));
        approve("standing");
        expectOpen(2, Directive.Action.MIGRATE);
        var open = List.copyOf(agent.directives().values());
        agent.at(
                List.of(
                        attempt(open.get(0), 54, "nothing accepts connections at db1:5432"),
                        attempt(open.get(1), 0, "runs b (2 of 2)"),
                        new Attempt("0".repeat(32), 1, 1, 9, true, "another rollout's")));
        soon(() ->
                as("vic")
                        .get("/api/rollouts/standing")
                        .then()
                        .body("status", equalTo("running"))
                        .body("doing.size()", equalTo(2))
                        .body("doing[0].doing", containsString("db1:5432"))
                        .body("doing[0].databases", equalTo(1))
                        .body("doing[0].seconds", greaterThanOrEqualTo(54))
                        .body("stalled.seconds", greaterThanOrEqualTo(2))
                        .body("stalled.reason", containsString("db1:5432")));
        as("vic")
                .get("/api/status")
                .then()
                .body("stalled.rollout", hasItem("standing"))
                .body("stalled.reason", hasItem(containsString("db1:5432")));
        soon(() ->
                given().get("/q/metrics")
                        .then()
                        .body(
                                containsString(
                                        "skein_rollout_stalled_seconds{rollout=\"standing\"}")));
        var page = "/console/rollouts/standing/live";
        as("joe")
                .get(page)
                .then()
                .body(containsString("Stalled"))
                .body(containsString("db1:5432"))
                .body(containsString("/console/rollouts/standing/pause"));
        as("vic").get("/console").then().statusCode(200).body(containsString("Stalled"));

        agent.at(List.of());
        open.forEach(agent::succeed);
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect("standing", "completed");
        as("vic")
                .get("/api/rollouts/standing")
                .then()
                .body("stalled", nullValue())
                .body("doing", empty());
        as("joe").get(page).then().body(containsString("/console/rollouts/standing/rollback"));
    }

    @Test
    void anOpenDirectiveThatNobodyTakesUpIsToldAsThat() {
        fleet("idle", 1);
        create("idle", "idle", Map.of("name", "all"));
        approve("idle");
        expectOpen(1, Directive.Action.MIGRATE);
        soon(() ->
                as("vic")
                        .get("/api/rollouts/idle")
                        .then()
                        .body("stalled.reason", equalTo("no agent has taken up what is open")));
        agent.directives().values().forEach(agent::succeed);
        expect("idle", "completed");
    }

    @Test
    void anAgentTellsSinceWhenItRuns() {
        agent.beat();
        soon(() ->
                as("vic")
                        .get("/api/status")
                        .then()
                        .body(
                                "agents.find { it.id == 'eu-1' }.started",
                                matchesPattern("\\d{4}-.*T\\d\\d:\\d\\d:\\d\\dZ")));
    }

    @Test
    void agentsOfASiteThatDoNotHaveTheSameServersAreTold() {
        agent.servers("1", "main");
        agent.servers("2", "main", "own");
        agent.beat();
        agent.beat("2", 15, List.of(15));
        soon(() ->
                as("vic")
                        .get("/api/status")
                        .then()
                        .body("discord", hasItem(containsString("eu-1: main; eu-2: main, own"))));
        soon(() ->
                given().get("/q/metrics")
                        .then()
                        .body(containsString("skein_site_servers_differ{site=\"eu\"} 2.0")));
        assertThat(as("vic").get("/console").asString()).contains("do not have the same servers");
    }
}
