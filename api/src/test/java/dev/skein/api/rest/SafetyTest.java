// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.RehearsalEvidence;
import dev.skein.engine.event.RehearsalGrade;
import dev.skein.engine.event.RehearsalResult;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.script.Script;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is known before somebody approves, what is saved before a step, and what going back takes.
 */
@QuarkusTest
class SafetyTest extends ControlPlane {
    private static Bundle push(String name) {
        var bundle =
                Bundle.of(
                        List.of(
                                new Bundle.Item(
                                        "1.sql",
                                        "--@ revision: %s\n--@ upgrade\nSELECT 1;\n--@ downgrade\nSELECT 0;"
                                                .formatted(name))));
        as("ann")
                .contentType("application/vnd.skein.bundle")
                .header("Skein-Digest", bundle.digest())
                .body(bundle.bytes())
                .post("/api/bundles")
                .then()
                .statusCode(200);
        return bundle;
    }

    private static void propose(Bundle bundle, String id, Map<String, Object> more, int status) {
        var spec =
                new HashMap<String, Object>(
                        Map.of(
                                "rollout",
                                id,
                                "bundle",
                                bundle.digest(),
                                "select",
                                "name = " + id + "*",
                                "waves",
                                List.of(Map.of("name", "all"))));
        spec.putAll(more);
        as("ann")
                .contentType(ContentType.JSON)
                .body(spec)
                .post("/api/rollouts")
                .then()
                .statusCode(status);
    }

    private static RehearsalEvidence evidence(
            Bundle bundle, RehearsalGrade grade, boolean additive) {
        var script = bundle.scripts().all().iterator().next();
        return new RehearsalEvidence(15, List.of(rehearsed(script, grade, additive)));
    }

    private static RehearsalResult rehearsed(
            Script script, RehearsalGrade grade, boolean additive) {
        return new RehearsalResult(
                script.id(),
                "",
                script.checksum(),
                grade,
                null,
                List.of(),
                List.of(),
                List.of("public.made", "public.t.extra"),
                additive,
                List.of(),
                null,
                null,
                Duration.ofMillis(5),
                Duration.ofMillis(4));
    }

    private Request asked(String name, Class<? extends Request.Ask> kind) {
        await().atMost(Duration.ofMinutes(2)).until(() -> !agent.requests(name, kind).isEmpty());
        return agent.requests(name, kind).getLast();
    }

    private static void known(String id, int rehearsing) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        as("vic")
                                .get("/api/rollouts/" + id + "/plan")
                                .then()
                                .body("rehearsing", equalTo(rehearsing)));
    }

    private Directive onlyDirective(String name) {
        return onlyDirective(agent, name);
    }

    private static Directive onlyDirective(FakeAgent there, String name) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> there.directives().containsKey(FakeAgent.uid(name)));
        return Objects.requireNonNull(there.directives().get(FakeAgent.uid(name)));
    }

    private void finish(String id, String name, String head) {
        agent.succeed(onlyDirective(name), List.of(head));
        expect(id, "completed");
    }

    @Test
    void waysBackAreRehearsedByAgentsAndAnApprovalWaitsForWhatIsAskedFor() {
        var bundle = push("r1");
        fleet("known", 1);
        propose(bundle, "known", Map.of("evidence", "rehearsed"), 200);
        var hash = as("vic").get("/api/rollouts/known/plan").jsonPath().getString("hash");
        as("bob")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/known/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("r1 (not rehearsed as it is)"));

        var request = asked("known0", Request.Rehearse.class);
        assertThat(request.ask()).isEqualTo(new Request.Rehearse(bundle.digest(), List.of("r1")));
        agent.reply(
                request,
                null,
                new Reply.Rehearsed(evidence(bundle, RehearsalGrade.DATA_PROVEN, true)));
        agent.reply(
                request, null, new Reply.Rehearsed(evidence(bundle, RehearsalGrade.FAILS, false)));
        known("known", 0);
        as("vic")
                .get("/api/rollouts/known/plan")
                .then()
                .body("ways.r1.grade", equalTo("data-proven"))
                .body("backup", equalTo("auto"));
        approve("known");
        assertThat(onlyDirective("known0").backup())
                .as("all of it was seen to add only")
                .isEqualTo(BackupExtent.SCHEMA);
        finish("known", "known0", "r1");
    }

    @Test
    void ofTwoDatabasesRehearsalsTheWorseOneCounts() {
        var bundle = push("r6");
        for (var name : List.of("worse", "better")) {
            fleet(name, 1);
            propose(bundle, name, Map.of(), 200);
            var grade = name.equals("worse") ? RehearsalGrade.DIFFERS : RehearsalGrade.SHAPE_PROVEN;
            var told = new Reply.Rehearsed(evidence(bundle, grade, true));
            agent.reply(asked(name + "0", Request.Rehearse.class), null, told);
            known(name, 0);
            as("vic")
                    .get("/api/rollouts/" + name + "/plan")
                    .then()
                    .body("ways.r6.grade", equalTo("differs"));
        }
    }

    @Test
    void whatCouldNotBeRehearsedIsSaidAndSavedInFull() {
        var bundle = push("r2");
        fleet("dark", 1);
        propose(bundle, "dark", Map.of(), 200);
        agent.reply(asked("dark0", Request.Rehearse.class), "no PostgreSQL 15 here", null);
        known("dark", 0);
        as("vic")
                .get("/api/rollouts/dark/plan")
                .then()
                .body("problems", hasItem("no PostgreSQL 15 here"))
                .body("unknown", hasItem("r2"));
        approve("dark");
        assertThat(onlyDirective("dark0").backup()).isEqualTo(BackupExtent.FULL);
        finish("dark", "dark0", "r2");
    }

    @Test
    void withoutABackupItNeedsAReason() {
        var bundle = push("r3");
        fleet("bare", 1);
        propose(bundle, "bare", Map.of("backup", "none"), 400);
        propose(bundle, "bare", Map.of("backup", "none \"a toy\""), 200);
        approve("bare");
        assertThat(onlyDirective("bare0").backup()).isNull();
        finish("bare", "bare0", "r3");
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsSetAsideAndNoFailure() {
        var bundle = push("r9");
        fleet("drifted", 2);
        propose(bundle, "drifted", Map.of(), 200);
        approve("drifted");
        var changed = onlyDirective("drifted0");
        var refused = DatabaseReport.Kind.REFUSED;
        var answer = new DatabaseReport.Answer(changed.generation(), refused, "by hand", true);
        agent.report("drifted0", answer);
        agent.succeed(onlyDirective("drifted1"), List.of("r9"));
        expect("drifted", "completed");
        as("vic")
                .get("/api/rollouts/drifted")
                .then()
                .body("waves[0].failed", equalTo(0))
                .body("waves[0].planned", equalTo(2))
                .body("waves[0].aside", equalTo(1))
                .body("setAside[0].reason", equalTo("by hand"))
                .body("setAside[0].examples[0]", endsWith("/drifted0"));
        as("vic")
                .get("/api/rollouts/drifted/targets")
                .then()
                .body("find { it.name == 'drifted0' }.state", equalTo("aside"))
                .body("find { it.name == 'drifted0' }.message", equalTo("by hand"));
    }

    @Test
    void aWaveThatIsWhollySetAsideHaltsAndIsTriedAgainWhenResumed() {
        var bundle = push("r10");
        fleet("touched", 1);
        propose(bundle, "touched", Map.of(), 200);
        approve("touched");
        var refused = DatabaseReport.Kind.REFUSED;
        var first = onlyDirective("touched0").generation();
        agent.report("touched0", new DatabaseReport.Answer(first, refused, "by hand", true));
        expect("touched", "halted");
        as("vic")
                .get("/api/rollouts/touched")
                .then()
                .body("reason", containsString("nothing of wave"));
        resume("touched", Map.of("reason", "put right")).statusCode(204);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> onlyDirective("touched0").generation() > first);
        finish("touched", "touched0", "r10");
    }

    private static ValidatableResponse resume(String id, Map<String, Object> asked) {
        return as("joe")
                .contentType(ContentType.JSON)
                .body(asked)
                .post("/api/rollouts/" + id + "/resume")
                .then();
    }

    /** A box that is not checked is not sent. */
    private static ValidatableResponse resumeInConsole(String id, Map<String, String> boxes) {
        return as("joe")
                .redirects()
                .follow(false)
                .contentType(ContentType.URLENC)
                .formParams(boxes)
                .formParam("reason", "the other one has it")
                .formParam("sure", "yes")
                .post("/console/rollouts/" + id + "/resume")
                .then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "seized"})
    void whatAnotherRolloutHasTakenUpIsNotTriedAgainAndItGoesOnWithoutIt(String id) {
        var bundle = push("r11");
        var database = id + "0";
        fleet(id, 1);
        propose(bundle, id, Map.of(), 200);
        approve(id);
        var first = onlyDirective(database).generation();
        var refused = DatabaseReport.Kind.REFUSED;
        agent.report(database, new DatabaseReport.Answer(first, refused, "by hand", true));
        expect(id, "halted");
        propose(bundle, id + "-2", Map.of("select", "name = " + id + "*"), 200);
        approve(id + "-2");
        if (id.equals("seized")) {
            resumeInConsole(id, Map.of("aside", "yes")).statusCode(409);
            resumeInConsole(id, Map.of()).statusCode(303);
        } else {
            resume(id, Map.of("reason", "mended"))
                    .statusCode(409)
                    .body("detail", containsString("belong to taken-2"));
            resume(id, Map.of("reason", "the other one has it", "setAside", false)).statusCode(204);
        }
        expect(id, "completed");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> onlyDirective(database).generation() > first);
        finish(id + "-2", database, "r11");
    }

    @Test
    void aBackupThatCannotBeRestoredHaltsTheRollout() {
        var bundle = push("r4");
        fleet("unsound", 2);
        propose(
                bundle,
                "unsound",
                Map.of(
                        "waves",
                        List.of(
                                Map.of("name", "one", "take", "1", "soak", "10m"),
                                Map.of("name", "rest"))),
                200);
        approve("unsound");
        var directive = onlyDirective("unsound0");
        var backup = agent.save(directive);
        agent.succeed(directive);
        var trial = asked("unsound0", Request.TryBackup.class);
        assertThat(trial.ask()).isEqualTo(new Request.TryBackup(backup.sha256()));
        agent.reply(trial, null, new Reply.Tried(backup.sha256(), List.of("t has 4 rows")));
        expect("unsound", "halted");
        as("vic")
                .get("/api/rollouts/unsound")
                .then()
                .body("reason", containsString("could not be restored: t has 4 rows"));
        as("vic")
                .get("/api/backups?rollout=unsound")
                .then()
                .body("", hasSize(1))
                .body("[0].site", equalTo("eu"))
                .body("[0].trial", equalTo("bad"))
                .body("[0].extent", equalTo("full"))
                .body("[0].rows", equalTo(5));
        var uid = FakeAgent.uid("unsound0");
        for (var name : List.of("db", "eu/db", uid)) {
            as("vic").get("/api/backups?database=" + name).then().body("uid", hasItem(uid));
        }
        as("vic").get("/api/backups?database=us/db").then().body("uid", not(hasItem(uid)));
    }

    @Test
    void theWayBackSaysWhatWouldBeLostAndRestoresWhereItMust() {
        var bundle = push("r5");
        fleet("gone", 1);
        propose(bundle, "gone", Map.of(), 200);
        agent.reply(
                asked("gone0", Request.Rehearse.class),
                null,
                new Reply.Rehearsed(evidence(bundle, RehearsalGrade.SHAPE_PROVEN, false)));
        known("gone", 0);
        approve("gone");
        var directive = onlyDirective("gone0");
        assertThat(directive.path()).as("what was approved").containsExactly("r5");
        var backup = agent.save(directive);
        finish("gone", "gone0", "r5");

        var plan = view("gone0", "/api/rollouts/gone/rollback-plan", "public.made");
        assertThat(plan.getList("plan.cohorts.restored")).containsExactly(false);
        assertThat(plan.getInt("forecast.answered")).isEqualTo(1);
        assertThat(plan.getInt("forecast.millis")).isEqualTo(12);
        assertThat(plan.getString("forecast.losses[0].subject")).isEqualTo("public.made");
        assertThat(plan.getInt("forecast.losses[0].rows")).isEqualTo(7);

        as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", "its rows are wrong", "way", "restore"))
                .post("/api/rollouts/gone/rollback")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> backup.sha256().equals(onlyDirective("gone0").restore()));
        assertThat(onlyDirective("gone0").takeBack()).isNull();
        assertThat(onlyDirective("gone0").path()).isNull();
        assertThat(onlyDirective("gone0").heads()).as("from where").containsExactly("r5");
        agent.restored(onlyDirective("gone0"));
        expect("gone-rollback", "completed");
        as("joe").get("/api/rollouts/gone/rollback-plan?way=sideways").then().statusCode(400);
    }

    @Test
    void aBackupOfWhatARolloutHasHalfDoneIsNotTheOneFromBefore() {
        var bundle = push("r12");
        fleet("half", 1);
        propose(bundle, "half", Map.of("backup", "full"), 200);
        approve("half");
        var first = onlyDirective("half0");
        agent.save(first);
        var fresher = agent.save(first);
        agent.begin(first);
        agent.fail(first, "23514 r12#1");
        expect("half", "halted");
        resume("half", Map.of("reason", "mended")).statusCode(204);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> onlyDirective("half0").generation() > first.generation());
        agent.save(onlyDirective("half0"));
        finish("half", "half0", "r12");
        rollback("joe", "half", Map.of("reason", "all of it", "way", "restore")).statusCode(200);
        await().atMost(Duration.ofMinutes(2)).until(() -> onlyDirective("half0").restore() != null);
        assertThat(onlyDirective("half0").restore()).isEqualTo(fresher.sha256());
        agent.restored(onlyDirective("half0"));
        expect("half-rollback", "completed");
    }

    @Test
    void aSiteThatIsSilentDoesNotKeepTheOthersFromBeingTakenBack() {
        var bundle = push("r7");
        try (var elsewhere = new FakeAgent(bootstrap(), "us")) {
            elsewhere.beat();
            elsewhere.report("split-us", null);
            fleet("split-eu", 1);
            expectNamed("split", 2);
            propose(bundle, "split", Map.of(), 200);
            approve("split");
            agent.succeed(onlyDirective("split-eu0"), List.of("r7"));
            elsewhere.reach(onlyDirective(elsewhere, "split-us"), List.of("r7"));
            expectHeads("split-us", "r7");
            elsewhere.fallSilent();
            await().atMost(Duration.ofMinutes(2)).until(() -> "halted".equals(status("split")));

            var answer =
                    rollback("joe", "split", Map.of("reason", "half of it is dark"))
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            as("vic")
                    .get("/api/rollouts/" + answer.getString("id") + "/plan")
                    .then()
                    .body("plan.setAside.examples", equalTo(List.of(List.of("us/split-us"))))
                    .body(
                            "plan.setAside.reason",
                            equalTo(List.of("the agents of site us are silent")));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> onlyDirective("split-eu0").takeBack() != null);
            agent.succeed(onlyDirective("split-eu0"), List.of());
            expect(answer.getString("id"), "completed");

            elsewhere.beat();
            elsewhere.succeed(onlyDirective(elsewhere, "split-us"), List.of("r7"));
            rollback("joe", "split", Map.of("reason", "light again")).statusCode(200);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> onlyDirective(elsewhere, "split-us").takeBack() != null);
            elsewhere.succeed(onlyDirective(elsewhere, "split-us"), List.of());
            expect("split-rollback-2", "completed");
        }
    }

    @Test
    void whatAnotherRollbackHasRestoredMeanwhileIsNotRestoredAgain() {
        var bundle = push("r8");
        fleet("twice", 6);
        propose(bundle, "twice", Map.of("backup", "full"), 200);
        approve("twice");
        for (int i = 0; i < 6; i++) {
            var directive = onlyDirective("twice" + i);
            agent.save(directive);
            agent.succeed(directive, List.of("r8"));
        }
        expect("twice", "completed");
        rollback("joe", "twice", Map.of("reason", "all", "way", "restore")).statusCode(200);
        expect("twice-rollback", "proposed");

        var one = Map.<String, Object>of("reason", "one", "way", "restore", "database", "twice0");
        rollback("joe", "twice", one).statusCode(200);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> onlyDirective("twice0").restore() != null);
        agent.restored(onlyDirective("twice0"));
        expect("twice-rollback-2", "completed");

        var hash = as("vic").get("/api/rollouts/twice-rollback/plan").jsonPath().getString("hash");
        as("bob")
                .contentType(ContentType.JSON)
                .body(Map.of("planHash", hash))
                .post("/api/rollouts/twice-rollback/approve")
                .then()
                .statusCode(409)
                .body("detail", containsString("1 of its databases were restored by another one"));
    }

    private static String status(String id) {
        return as("vic").get("/api/rollouts/" + id).jsonPath().getString("status");
    }

    private static void expectHeads(String name, String head) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        as("vic")
                                .queryParam("select", "name = " + name)
                                .get("/api/databases")
                                .then()
                                .body("[0].heads", equalTo(List.of(head))));
    }

    /** Asks for a rollback's plan, and answers as its agent meanwhile. */
    private io.restassured.path.json.JsonPath view(String name, String path, String subject) {
        int before = agent.requests(name, Request.Estimate.class).size();
        var asked =
                CompletableFuture.supplyAsync(
                        () -> as("joe").get(path).then().statusCode(200).extract().jsonPath());
        await().atMost(Duration.ofSeconds(8))
                .until(() -> agent.requests(name, Request.Estimate.class).size() > before);
        var losses = List.of(new Reply.Loss(subject, 7, true), new Reply.Loss("public.u", 0, true));
        var request = agent.requests(name, Request.Estimate.class).getLast();
        assertThat(request.ask())
                .isEqualTo(new Request.Estimate(List.of("public.made", "public.t.extra"), ""));
        agent.reply(request, null, new Reply.Estimated(losses));
        return asked.join();
    }
}
