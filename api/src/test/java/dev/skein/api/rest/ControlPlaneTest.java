// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.skein.api.command.Roles;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Directive;
import dev.skein.engine.script.Script;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ControlPlaneTest extends ControlPlane {
    @Test
    void wavesRunOneAfterTheOtherWithinTheirParallelism() {
        fleet("wave", 5);
        create(
                "wave-1",
                "wave",
                Map.of("name", "canary", "take", "1"),
                Map.of("name", "rest", "take", "all", "parallel", 3));
        approve("wave-1");
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expectOpen(3, Directive.Action.MIGRATE);
        var done = Set.copyOf(agent.directives().keySet());
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        await().atMost(Duration.ofMinutes(2)) // until then one of those may be there a while longer
                .until(() -> Collections.disjoint(agent.directives().keySet(), done));
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect("wave-1", "completed");
        expectOpen(0, Directive.Action.MIGRATE);
        as("vic")
                .get("/api/databases?select=name = wave*")
                .then()
                .body("heads", hasItem(List.of("b")));
    }

    @Test
    void failuresBeyondTheBudgetHaltHoldAndAreGrouped() {
        fleet("halt", 6);
        create(
                "halt-1",
                "halt",
                Map.of("name", "all", "take", "all", "parallel", 3, "budget", "1"));
        approve("halt-1");
        expectOpen(3, Directive.Action.MIGRATE);
        var open = List.copyOf(agent.directives().values());
        agent.fail(open.get(0), "23505 b#1 t_key");
        agent.fail(open.get(0), "23505 b#1 t_key"); // said twice, counted once
        agent.fail(open.get(1), "23505 b#1 t_key");
        expect("halt-1", "halted");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        agent.directives().values().stream()
                                .allMatch(d -> d.action() == Directive.Action.HOLD));
        for (var hold : List.copyOf(agent.directives().values())) {
            var name = nameOf("halt", hold.uid());
            agent.report(
                    name,
                    new DatabaseReport.Answer(
                            hold.generation(), DatabaseReport.Kind.HELD, "not begun"));
        }
        expectOpen(0, Directive.Action.HOLD);
        as("vic")
                .get("/api/rollouts/halt-1")
                .then()
                .body("failures[0].signature", equalTo("23505 b#1 t_key"))
                .body("failures[0].databases", equalTo(2))
                .body("waves[0].succeeded", equalTo(0));

        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "the duplicates are gone"))
                .post("/api/rollouts/halt-1/resume")
                .then()
                .statusCode(204);
        for (int i = 0; i < 20 && !status("halt-1").equals("completed"); i++) {
            List.copyOf(agent.directives().values()).forEach(agent::succeed);
        }
        expect("halt-1", "completed");
    }

    private static String status(String id) {
        return as("vic").get("/api/rollouts/" + id).jsonPath().getString("status");
    }

    private static void evidence(String grade, String... checksums) {
        var all =
                List.of(checksums).stream()
                        .map(sum ->
                                Map.of(
                                        "revision",
                                        "x",
                                        "message",
                                        "",
                                        "checksum",
                                        sum,
                                        "grade",
                                        grade,
                                        "differences",
                                        List.of(),
                                        "gone",
                                        List.of(),
                                        "lost",
                                        List.of()))
                        .toList();
        as("ann")
                .contentType(ContentType.JSON)
                .body(Map.of("postgres", 15, "revisions", all))
                .post("/api/evidence")
                .then()
                .statusCode(200)
                .body("revisions", equalTo(checksums.length));
    }

    private static void createWith(String id, String evidence, int status, String detail) {
        var spec = new HashMap<>(spec(id, "name = evid*", Map.of("name", "all")));
        spec.put("evidence", evidence);
        as("ann")
                .contentType(ContentType.JSON)
                .body(spec)
                .post("/api/rollouts")
                .then()
                .statusCode(status)
                .body(status == 200 ? "id" : "detail", containsString(detail));
    }

    @Test
    void aRolloutAsksForEvidenceOfItsRevisions() {
        fleet("evid", 1);
        var sums = BUNDLE.scripts().all().stream().map(Script::checksum).toList();
        evidence("shape-proven", sums.get(0));
        evidence("lossy", sums.get(1));
        createWith("evid-1", "rehearsed", 409, "not there: b (lossy)");
        evidence("shape-proven", sums.get(1)); // without rows: it does not outweigh those
        createWith("evid-1", "rehearsed", 409, "not there: b (lossy)");
        evidence("irreversible", sums.get(1));
        createWith("evid-1", "data", 409, "a (shape-proven), b (irreversible)");
        createWith("evid-1", "rehearsed", 200, "evid-1");
        approve("evid-1");
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect("evid-1", "completed");
        createWith("evid-2", "some", 400, "'some' is no value for evidence");
        evidence("data-proven", sums.get(0), sums.get(1)); // other tests go back by them
    }

    @Test
    void aRolloutIsTakenBackByOneThatIsApprovedByAnother() {
        fleet("back", 7);
        create("back-1", "back", Map.of("name", "all", "parallel", 7));
        rollback("joe", "back-1", Map.of("reason", "x")).statusCode(409);
        approve("back-1");
        expectOpen(7, Directive.Action.MIGRATE);
        rollback("joe", "back-1", Map.of("reason", "x"))
                .statusCode(409)
                .body("remedy", containsString("skein rollout pause"));
        agent.directives().values().forEach(agent::succeed);
        expect("back-1", "completed");
        as("vic")
                .get("/api/rollouts/back-1/rollback-plan")
                .then()
                .statusCode(200)
                .body("plan.waves[0].databases", equalTo(7))
                .body("plan.cohorts.path", equalTo(List.of(List.of("b", "a"))))
                .body("plan.notes", hasItem(containsString("b: its way back")));
        rollback("vic", "back-1", Map.of("reason", "x")).statusCode(403);
        rollback("joe", "back-1", Map.of()).statusCode(400);
        rollback("joe", "back-1", Map.of("reason", "x", "wave", "nowhere")).statusCode(400);

        rollback("joe", "back-1", Map.of("reason", "only one", "database", "back3"))
                .statusCode(200)
                .body("id", equalTo("back-1-rollback"));
        expectOpen(1, Directive.Action.MIGRATE); // few databases: on call alone
        assertThat(agent.directives().values())
                .extracting(Directive::takeBack)
                .containsExactly(List.of("b", "a"));
        agent.directives().values().forEach(agent::succeed);
        expect("back-1-rollback", "completed");

        rollback("joe", "back-1", Map.of("reason", "all of it"))
                .statusCode(200)
                .body("id", equalTo("back-1-rollback-2"));
        expect("back-1-rollback-2", "proposed");
        approve("back-1-rollback-2");
        expectOpen(6, Directive.Action.MIGRATE);
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("back-1-rollback-2", "completed");
        rollback("joe", "back-1", Map.of("reason", "again"))
                .statusCode(409)
                .body("detail", containsString("nothing of it is applied there"));
        rollback("joe", "back-1-rollback", Map.of("reason", "no"))
                .statusCode(409)
                .body("detail", containsString("it is a rollback itself"));
    }

    @Test
    void aPauseHoldsAndAnAbortEnds() {
        fleet("stop", 2);
        create("stop-1", "stop", Map.of("name", "all"));
        approve("stop-1");
        expectOpen(2, Directive.Action.MIGRATE);
        var reason = Map.of("reason", "something looks odd");
        as("joe").contentType(ContentType.JSON).body(reason).post("/api/rollouts/stop-1/pause");
        expect("stop-1", "paused");
        expectOpen(2, Directive.Action.HOLD);
        as("joe").contentType(ContentType.JSON).body(reason).post("/api/rollouts/stop-1/abort");
        expect("stop-1", "aborted");
        as("joe")
                .contentType(ContentType.JSON)
                .body(reason)
                .post("/api/rollouts/stop-1/resume")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("it is aborted"));
        for (var hold : List.copyOf(agent.directives().values())) {
            agent.report(
                    nameOf("stop", hold.uid()),
                    new DatabaseReport.Answer(hold.generation(), DatabaseReport.Kind.HELD, ""));
        }
        expectOpen(0, Directive.Action.HOLD);
    }

    @Test
    void aRefusalByTheAgentIsAFailure() {
        fleet("refuse", 1);
        create("refuse-1", "refuse", Map.of("name", "all"));
        approve("refuse-1");
        expectOpen(1, Directive.Action.MIGRATE);
        var directive = agent.directives().values().iterator().next();
        agent.report(
                "refuse0",
                new DatabaseReport.Answer(
                        directive.generation(), DatabaseReport.Kind.REFUSED, "it is a standby"));
        expect("refuse-1", "halted");
        as("vic")
                .get("/api/rollouts/refuse-1")
                .then()
                .body("failures[0].message", equalTo("it is a standby"));
    }

    @Test
    void theAuthorsApprovalIsRefusedEvenWithTheRole() {
        fleet("four", 1);
        account("ann", Roles.AUTHOR, Roles.VIEWER, Roles.APPROVER);
        create("four-1", "four", Map.of("name", "all"));
        var hash = as("vic").get("/api/rollouts/four-1/plan").jsonPath().getString("hash");
        as("ann")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/four-1/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("its author ann cannot approve it"));
    }

    @Test
    void twoRolloutsCannotHaveTheSameDatabases() {
        fleet("both", 2);
        create("both-1", "both", Map.of("name", "all"));
        create("both-2", "both", Map.of("name", "all"));
        approve("both-1");
        expectOpen(2, Directive.Action.MIGRATE);
        var hash = as("vic").get("/api/rollouts/both-2/plan").jsonPath().getString("hash");
        as("bob")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/both-2/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("belong to both-1"));
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("both-1", "completed");
        approve("both-2");
        expectOpen(2, Directive.Action.MIGRATE);
        List.copyOf(agent.directives().values()).forEach(agent::succeed);
        expect("both-2", "completed");
        as("vic")
                .get("/api/rollouts/both-2/targets?state=succeeded")
                .then()
                .body("name", hasItem("both1"));
    }

    @Test
    void whatNobodyCanReadIsPassedOver() {
        agent.nonsense();
        fleet("after", 1);
    }

    @Test
    void badRequestsAreProblemsWithWhatToDo() {
        fleet("bad", 1);
        problem(spec("bad-1", "name = nothing*", Map.of("name", "all")), "no database matches");
        problem(spec("bad-1", "name ~ x", Map.of("name", "all")), "is no condition");
        problem(spec("Bad 1", "", Map.of("name", "all")), "is no value for rollout");
        problem(spec("bad-1", "", Map.of("name", "all", "tak", "1")), "unknown key 'tak'");
        problem(spec("bad-1", ""), "is no value for waves");
        problem(Map.of("rollout", "b", "select", Map.of("tier", "free")), "is no value for select");
        for (var path :
                List.of("/api/rollouts", "/api/rollouts/x/approve", "/api/rollouts/x/pause")) {
            var name = path.endsWith("approve") ? "bob" : path.endsWith("pause") ? "joe" : "ann";
            as(name).contentType(ContentType.JSON).body("null").post(path).then().statusCode(400);
        }
        problem(
                Map.of(
                        "rollout",
                        "b",
                        "bundle",
                        "sha256:0000",
                        "waves",
                        List.of(Map.of("name", "x"))),
                "there is none");
        as("ann")
                .contentType("application/vnd.skein.bundle")
                .header("Skein-Digest", "sha256:1234")
                .body(BUNDLE.bytes())
                .post("/api/bundles")
                .then()
                .statusCode(400)
                .body("detail", containsString("has the digest " + BUNDLE.digest()));
        as("ann")
                .contentType(ContentType.JSON)
                .body("{")
                .post("/api/rollouts")
                .then()
                .statusCode(400);
        as("vic").get("/api/rollouts/none").then().statusCode(404).body("status", equalTo(404));
        as("ann").delete("/api/rollouts").then().statusCode(405);
    }

    private static void problem(Map<String, Object> body, String words) {
        as("ann")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/rollouts")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(words));
    }

    @Test
    void everyDoorAsksWhoIsThere() {
        var doors =
                Map.ofEntries(
                        Map.entry("GET /api/databases", Roles.VIEWER),
                        Map.entry("GET /api/status", Roles.VIEWER),
                        Map.entry("GET /api/rollouts", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x/plan", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x/targets", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x/plan/databases", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x/plan/set-aside", Roles.VIEWER),
                        Map.entry("GET /console/rollouts/x/plan/databases", Roles.VIEWER),
                        Map.entry("GET /console/rollouts/x/plan/set-aside", Roles.VIEWER),
                        Map.entry("GET /api/rollouts/x/rollback-plan", Roles.VIEWER),
                        Map.entry("POST /api/rollouts/x/rollback", Roles.OPERATOR),
                        Map.entry("GET /api/backups", Roles.VIEWER),
                        Map.entry("POST /api/drift/adopt", Roles.OPERATOR),
                        Map.entry("POST /api/drift/ignore", Roles.OPERATOR),
                        Map.entry("POST /api/databases/forget", Roles.OPERATOR),
                        Map.entry("POST /api/agents/forget", Roles.OPERATOR),
                        Map.entry("POST /api/histories/resolve", Roles.OPERATOR),
                        Map.entry("POST /api/histories/continue", Roles.OPERATOR),
                        Map.entry("POST /api/rollouts/x/skip", Roles.OPERATOR),
                        Map.entry("GET /api/control", Roles.VIEWER),
                        Map.entry("GET /api/control/reconciliation", Roles.OPERATOR),
                        Map.entry("POST /api/control/reconciliation", Roles.OPERATOR),
                        Map.entry("GET /api/control/notices", Roles.VIEWER),
                        Map.entry("POST /api/control/notices/acknowledge", Roles.OPERATOR),
                        Map.entry("GET /api/dead-letters", Roles.VIEWER),
                        Map.entry("POST /api/dead-letters/0/replay", Roles.OPERATOR),
                        Map.entry("POST /api/dead-letters/0/drop", Roles.OPERATOR),
                        Map.entry("POST /api/rollouts", Roles.AUTHOR),
                        Map.entry("POST /api/rollouts/x/approve", Roles.APPROVER),
                        Map.entry("POST /api/rollouts/x/pause", Roles.OPERATOR),
                        Map.entry("POST /api/rollouts/x/resume", Roles.OPERATOR),
                        Map.entry("POST /api/rollouts/x/abort", Roles.OPERATOR),
                        Map.entry("GET /api/accounts", Roles.ADMIN),
                        Map.entry("PUT /api/accounts/x", Roles.ADMIN),
                        Map.entry("GET /console/live", Roles.VIEWER),
                        Map.entry("GET /console/rollouts/x", Roles.VIEWER),
                        Map.entry("GET /console/rollouts/x/live", Roles.VIEWER),
                        Map.entry("GET /console/rollouts/x/approve", Roles.APPROVER),
                        Map.entry("POST /console/rollouts/x/approve", Roles.APPROVER),
                        Map.entry("GET /console/rollouts/x/pause", Roles.OPERATOR),
                        Map.entry("POST /console/rollouts/x/pause", Roles.OPERATOR),
                        Map.entry("GET /console/rollouts/x/rollback", Roles.OPERATOR),
                        Map.entry("POST /console/rollouts/x/rollback", Roles.OPERATOR),
                        Map.entry("GET /console/drift", Roles.VIEWER),
                        Map.entry("POST /console/drift/abc", Roles.OPERATOR),
                        Map.entry("GET /console/audit", Roles.VIEWER),
                        Map.entry("GET /console/audit/1", Roles.VIEWER));
        account("own", Roles.VIEWER);
        for (var door : doors.entrySet()) {
            var method = door.getKey().split(" ")[0];
            var path = door.getKey().split(" ")[1];
            var form = method.equals("POST") && path.startsWith("/console");
            var type = form ? ContentType.URLENC : ContentType.JSON;
            var sent = form ? "" : "{}";
            given().contentType(type).body(sent).request(method, path).then().statusCode(401);
            given().header("Authorization", "Bearer skein_wrong")
                    .request(method, path)
                    .then()
                    .statusCode(401);
            for (var role : Roles.ALL) {
                account("own", role);
                int status =
                        as("own").contentType(type).body(sent).request(method, path).statusCode();
                if (role.equals(door.getValue())) {
                    assertThat(status).as(door.getKey() + " as " + role).isNotIn(401, 403);
                } else {
                    assertThat(status).as(door.getKey() + " as " + role).isEqualTo(403);
                }
            }
        }
    }

    @Test
    void aWrongPasswordAndALogoutCloseTheDoor() {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "ann", "password", "nope"))
                .post("/api/login")
                .then()
                .statusCode(401)
                .body("detail", equalTo("name or password is wrong"));
        var ann = as("ann");
        ann.get("/api/me").then().statusCode(200).body("name", equalTo("ann"));
        ann.post("/api/logout").then().statusCode(204);
        ann.get("/api/me").then().statusCode(401);
    }

    @Test
    void theConsoleShowsFleetAndRollouts() {
        fleet("page", 1);
        agent.beat();
        create("page-1", "page", Map.of("name", "all"));
        var cookie =
                given().redirects()
                        .follow(false)
                        .formParam("name", "vic")
                        .formParam("password", PASSWORD)
                        .post("/console/login")
                        .then()
                        .statusCode(303)
                        .extract()
                        .cookie("skein_session");
        given().cookie("skein_session", cookie)
                .get("/console")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("page-1"))
                .body(containsString("page0"));
        given().cookie("skein_session", cookie).get("/api/status").then().statusCode(401);
        given().redirects().follow(false).get("/console").then().statusCode(303);
        given().cookie("skein_session", "stale").get("/console/login").then().statusCode(200);
    }

    @Test
    void healthMetricsAndOpenApiAnswer() {
        given().get("/q/health").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/api/rollouts"));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        given().get("/q/metrics").then().body(containsString("skein_relay_lag")));
    }
}
