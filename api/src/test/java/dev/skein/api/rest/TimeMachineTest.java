// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.skein.api.store.Continuity;
import dev.skein.api.testing.Snapshot;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The control plane's database is put back to an earlier moment behind its back. */
@QuarkusTest
class TimeMachineTest extends ControlPlane {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String ABOUT =
            " AND stream = 'backup/' || (SELECT sha256 FROM backup WHERE rollout ="
                    + " 'moment-answer')";

    @Inject Db db;
    @Inject Continuity continuity;

    @BeforeEach
    void beginWithWhatIsThere() {
        await().atMost(LONG).until(() -> unsent() == 0);
    }

    @AfterEach
    void forget() {
        db.run(tx ->
                tx.list(
                                "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE"
                                        + " 'snapshot\\_%'",
                                row -> row.getString(0))
                        .forEach(schema -> tx.query("DROP SCHEMA " + schema + " CASCADE")));
    }

    private long unsent() {
        return number(
                "SELECT (SELECT count(*) FROM event WHERE NOT published) + (SELECT count(*) FROM"
                        + " directive WHERE NOT published)");
    }

    private long number(String sql) {
        return db.call(tx -> tx.query(sql).iterator().next().getLong(0));
    }

    private static ValidatableResponse post(String rollout, String verb, Map<String, Object> body) {
        return as("joe")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/rollouts/" + rollout + "/" + verb)
                .then();
    }

    private static void expectStopped() {
        expectStopped("an older copy or another one");
    }

    private static void expectStopped(String why) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        as("vic").get("/api/control").then().body("found", containsString(why)));
    }

    /** A rollout whose first wave soaks for as long as the test likes. */
    private void soaking(String id, String soak) {
        fleet(id, 3);
        create(
                id,
                id,
                Map.of("name", "canary", "take", 1, "soak", soak),
                Map.of("name", "rest", "take", "all"));
        approve(id);
        expectOpen(1, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect(id, "soaking");
    }

    @Test
    void whatWasAbortedDoesNotGoOnFromAnOlderDatabase() {
        soaking("moment-old", "1h");
        await().atMost(LONG).until(() -> unsent() == 0);
        var older = Snapshot.of(db, "older");
        post("moment-old", "abort", Map.of("reason", "wrong")).statusCode(204);
        expect("moment-old", "aborted");
        await().atMost(LONG).until(() -> unsent() == 0);
        var now = Snapshot.of(db, "now");

        older.restore();
        expectStopped();
        db.run(tx -> tx.query("UPDATE deadline SET at = now() WHERE rollout = 'moment-old'"));
        db.run(tx -> tx.query("UPDATE rollout SET status = 'running' WHERE id = 'moment-old'"));
        post("moment-old", "pause", Map.of("reason", "look"))
                .statusCode(409)
                .body(
                        "detail",
                        containsString("decisions that were published are not in its database"))
                .body("remedy", containsString("skein control reconcile"));
        as("vic").get("/api/control").then().body("lostDecisions", equalTo(1));
        assertThat(agent.directives()).isEmpty();

        now.restore();
        await().atMost(LONG)
                .untilAsserted(
                        () -> as("vic").get("/api/control").then().body("stopped", nullValue()));
        expect("moment-old", "aborted");
    }

    private ValidatableResponse reconcile(String reason) {
        return as("joe")
                .contentType(ContentType.JSON)
                .body(Map.of("reason", reason))
                .post("/api/control/reconciliation")
                .then();
    }

    private void settle() {
        await().atMost(LONG).until(() -> unsent() == 0);
        await().atMost(LONG) // every record was read back
                .until(() ->
                        number("SELECT count(*) FROM lost_decision WHERE state = 'waiting'") == 0);
    }

    @Test
    void anAnswerThatComesWhileNothingIsDecidedIsKeptAndCountsLater() {
        fleet("moment-answer", 1);
        create("moment-answer", "moment-answer", Map.of("name", "all"));
        approve("moment-answer");
        expectOpen(1, Directive.Action.MIGRATE);
        var directive = agent.directives().values().iterator().next();
        var backup = agent.save(directive);
        agent.succeed(directive);
        expect("moment-answer", "completed");
        var trials =
                await().atMost(LONG)
                        .until(
                                () -> agent.requests("moment-answer0", Request.TryBackup.class),
                                asked -> !asked.isEmpty());
        settle();
        db.run(tx -> continuity.stop(tx, "this test says so"));
        agent.reply(trials.getLast(), null, new Reply.Tried(backup.sha256(), List.of("2 rows")));
        await().atMost(LONG).until(() -> kept("AND NOT noted") == 1);
        agent.beat();
        fleet("moment-beside", 1); // the feed goes on
        assertThat(kept("AND NOT noted")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM dead_letter WHERE topic = 'skein.replies'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM event WHERE type = 'backup.Tried'" + ABOUT))
                .isZero();
        reconcile("it was a test").statusCode(200);
        await().atMost(LONG).until(() -> kept("AND noted") == 1);
        assertThat(number("SELECT count(*) FROM event WHERE type = 'backup.Tried'" + ABOUT))
                .isEqualTo(1);
        as("vic")
                .get("/api/rollouts/moment-answer")
                .then()
                .body("reason", containsString("could not be restored: 2 rows"));
    }

    @Test
    void ofTwoWhoBringItInLineAtOnceOneDoes() throws Exception {
        settle();
        var before = number("SELECT count(*) FROM event WHERE type = 'control.Reconciled'");
        db.run(tx -> continuity.stop(tx, "this test says so"));
        var statuses = new ConcurrentLinkedQueue<Integer>();
        var threads =
                IntStream.range(0, 4)
                        .mapToObj(i ->
                                Thread.ofPlatform()
                                        .start(() ->
                                                statuses.add(
                                                        reconcile("all at once")
                                                                .extract()
                                                                .statusCode())))
                        .toList();
        for (var thread : threads) {
            thread.join();
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        assertThat(number("SELECT count(*) FROM event WHERE type = 'control.Reconciled'"))
                .isEqualTo(before + 1);
    }

    private long kept(String more) {
        return number(
                "SELECT count(*) FROM request WHERE rollout = 'moment-answer' AND kind ="
                        + " 'TryBackup' AND answered_at IS NOT NULL "
                        + more);
    }

    @Test
    void whatItDoesNotKnowIsTakenBackAndStandsStill() {
        soaking("moment-known", "1h");
        fleet("moment-fresh", 2);
        var ahead = as("vic"); // of a replica whose clock is hours ahead
        db.run(tx -> tx.query("UPDATE access_token SET created_at = now() + interval '2 hours'"));
        settle();
        var older = Snapshot.of(db, "older");
        post("moment-known", "abort", Map.of("reason", "wrong")).statusCode(204);
        create("moment-fresh", "moment-fresh", Map.of("name", "all"));
        approve("moment-fresh");
        expectOpen(2, Directive.Action.MIGRATE);
        var token = as("vic");
        settle();

        older.restore();
        expectStopped();
        as("vic").get("/api/control/reconciliation").then().statusCode(403);
        reconcile(" ").statusCode(400);
        as("joe")
                .get("/api/control/reconciliation")
                .then()
                .statusCode(200)
                .body("adopted", equalTo(4))
                .body("left", equalTo(0))
                .body("aborted", equalTo(List.of("moment-fresh")))
                .body("withdrawn", equalTo(2));
        expectStopped();
        reconcile("restored from Sunday's backup").statusCode(200).body("adopted", equalTo(4));
        token.get("/api/status").then().statusCode(401);
        ahead.get("/api/status").then().statusCode(401);
        expect("moment-known", "aborted");
        await().atMost(LONG).until(() -> agent.directives().isEmpty());
        as("ann")
                .contentType(ContentType.JSON)
                .body(spec("moment-fresh", "name = moment-fresh*", Map.of("name", "all")))
                .post("/api/rollouts")
                .then()
                .statusCode(409)
                .body("detail", equalTo("there is one with this name"));
        assertThat(
                        number(
                                "SELECT count(*) FROM event e JOIN event f ON f.stream = e.stream"
                                        + " AND f.version = e.version + 1 AND f.prev_hash = e.hash"
                                        + " WHERE e.stream = 'rollout/moment-fresh'"))
                .isEqualTo(3); // created, approved, released, aborted
        settle();
        assertThat(
                        number(
                                "SELECT count(*) FROM event WHERE stream = 'control' AND actor ="
                                        + " 'joe' AND published"))
                .isPositive();
        create("moment-again", "moment-fresh", Map.of("name", "all"));
        approve("moment-again");
        expectOpen(2, Directive.Action.MIGRATE);
        agent.directives().values().forEach(agent::succeed);
        expect("moment-again", "completed");
    }

    @Test
    void aRolloutThatWentOnMeanwhileIsPausedWhereItStandsAndGoesOnWhenResumed() {
        soaking("moment-moved", "6s");
        settle();
        var older = Snapshot.of(db, "older");
        expect("moment-moved", "running");
        expectOpen(2, Directive.Action.MIGRATE);
        settle();
        long before =
                agent.directives().values().stream()
                        .mapToLong(Directive::generation)
                        .max()
                        .orElseThrow();

        older.restore();
        expectStopped();
        reconcile("restored").statusCode(200).body("paused", equalTo(List.of("moment-moved")));
        expect("moment-moved", "paused");
        await().atMost(LONG).until(() -> agent.directives().isEmpty());
        post("moment-moved", "resume", Map.of("reason", "looked at it")).statusCode(204);
        expectOpen(2, Directive.Action.MIGRATE);
        assertThat(agent.directives().values()).allMatch(d -> d.generation() > before);
        agent.directives().values().forEach(agent::succeed);
        expect("moment-moved", "completed");
    }

    private static void makeAnew(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(LONG).until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static long records(String topic) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrap());
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    IntStream.range(0, Topics.PARTITIONS)
                            .mapToObj(p -> new TopicPartition(topic, p))
                            .toList();
            return consumer.endOffsets(partitions).values().stream().mapToLong(n -> n).sum();
        }
    }

    private static List<String> notices() {
        return as("vic").get("/api/control/notices").jsonPath().getList("topic");
    }

    private static ValidatableResponse acknowledge(String who) {
        return acknowledge(who, Topics.BUNDLES);
    }

    private static ValidatableResponse acknowledge(String who, String topic) {
        return as(who).contentType(ContentType.JSON)
                .body(Map.of("topic", topic))
                .post("/api/control/notices/acknowledge")
                .then();
    }

    @Test
    void aTopicOfBundlesThatIsMadeAnewIsFilledAgainAndTold() throws Exception {
        settle();
        makeAnew(Topics.BUNDLES);
        await().atMost(LONG).until(() -> records(Topics.BUNDLES) >= 2);
        as("vic").get("/api/control").then().body("stopped", nullValue());
        assertThat(notices()).contains(Topics.BUNDLES);
        acknowledge("vic").statusCode(403);
        acknowledge("joe").statusCode(204);
        assertThat(notices()).doesNotContain(Topics.BUNDLES);
        acknowledge("joe").statusCode(400);
    }

    @Test
    void aTopicOfDirectivesThatIsMadeAnewIsFilledAgainAndTold() throws Exception {
        var topic = Topics.directives("eu");
        fleet("moment-anew", 2);
        create("moment-anew", "moment-anew", Map.of("name", "all"));
        approve("moment-anew");
        expectOpen(2, Directive.Action.MIGRATE);
        settle();
        makeAnew(topic);
        await().atMost(LONG).until(() -> records(topic) >= 2);
        as("vic").get("/api/control").then().body("stopped", nullValue());
        assertThat(notices()).contains(topic);
        acknowledge("joe", topic).statusCode(204);
        assertThat(notices()).doesNotContain(topic);
        try (var other = new FakeAgent(bootstrap(), "eu")) { // reads it from its beginning
            await().atMost(LONG).until(() -> other.directives().size() == 2);
            assertThat(other.directives().keySet()).isEqualTo(agent.directives().keySet());
        }
        agent.directives().values().forEach(agent::succeed);
        expect("moment-anew", "completed");
    }

    @Test
    void aBundleThatIsPushedAgainIsPublishedAgain() {
        settle();
        await().atMost(LONG).until(() -> unpublishedBundles() == 0);
        long before = records(Topics.BUNDLES);
        as("ann")
                .contentType("application/vnd.skein.bundle")
                .header("Skein-Digest", BUNDLE.digest())
                .body(BUNDLE.bytes())
                .post("/api/bundles")
                .then()
                .statusCode(200);
        await().atMost(LONG).until(() -> unpublishedBundles() == 0);
        assertThat(records(Topics.BUNDLES)).isGreaterThanOrEqualTo(before + 2);
        assertThat(
                        number(
                                "SELECT count(*) FROM event WHERE type = 'bundle.Pushed' AND stream"
                                        + " = 'bundle/%s'".formatted(BUNDLE.digest())))
                .isEqualTo(1);
    }

    private long unpublishedBundles() {
        return number("SELECT count(*) FROM bundle WHERE NOT published");
    }

    @Test
    void decisionsThatAreGoneStopEverythingUntilAllIsSentAgain() throws Exception {
        settle();
        makeAnew(Topics.DECISIONS);
        expectStopped("records of skein.decisions are gone");
        reconcile("the topic was deleted by mistake").statusCode(200).body("sentAgain", is(true));
        long all = number("SELECT count(*) FROM event");
        await().atMost(LONG).until(() -> records(Topics.DECISIONS) >= all);
    }

    @Test
    void anotherClusterStopsEverythingUntilSomebodySaysThatItIsMeant() {
        settle();
        db.run(tx ->
                tx.query(
                        "UPDATE kafka_position SET cluster = 'elsewhere' WHERE topic = $1",
                        Topics.DECISIONS));
        expectStopped("another cluster");
        assertThat(records(Topics.DECISIONS)).isPositive();
        reconcile("moved to new brokers").statusCode(200).body("sentAgain", is(true));
        settle();
        as("vic").get("/api/control").then().body("stopped", nullValue());
    }

    @Test
    void nothingIsDecidedFromADatabaseThatIsNotComparedYet() {
        boolean before =
                db.call(tx -> {
                    tx.query("UPDATE continuity SET compared = compared - 1");
                    return continuity.holds(tx);
                });
        assertThat(before).isFalse();
        await().atMost(LONG).until(() -> db.call(continuity::holds));
    }
}
