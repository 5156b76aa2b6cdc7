// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.drift.DriftCohorts;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.drift.FindingStore;
import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.HistoryResolution;
import dev.skein.audit.log.LogContinuation;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.log.TroubledHistories;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.proof.NoteKey;
import dev.skein.service.kafka.RecordTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log takes every decision, whether or not what follows from it can be done. */
class DecisionEffectsTest extends OnAuditDatabase {
    private static final String UID = "1".repeat(32);
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final DriftDetector drift =
            new DriftDetector(new FleetCoverage(), new DriftCohorts(), new FindingStore());
    private final AuditLog log = new AuditLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DecisionFollower follower;

    @TempDir Path folder;

    @BeforeEach
    void follower() {
        var checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
        var continuation = new LogContinuation(new OwnEntries(log), checkpoints);
        var resolution = new HistoryResolution(log, new OwnEntries(log));
        follower = new DecisionFollower(db, drift, continuation, resolution, registry);
    }

    private static byte[] drift(String uid, String reason) {
        return Json.bytes(drift(uid, 1, reason, new byte[32]));
    }

    private static DecisionRecord drift(String uid, int seq, String reason, byte[] prev) {
        var payload =
                Map.of(
                        "uid",
                        uid,
                        "observed",
                        "5-15-" + "a".repeat(64),
                        "kind",
                        "adopted",
                        "reason",
                        reason);
        return decision("drift/" + uid, seq, "drift.Decided", payload, prev);
    }

    private static byte[] decision(String stream, String type, Object payload) {
        return Json.bytes(decision(stream, 1, type, payload, new byte[32]));
    }

    private static DecisionRecord decision(
            String stream, int seq, String type, Object payload, byte[] prev) {
        var envelope =
                Json.bytes(
                        Map.of(
                                "stream",
                                stream,
                                "seq",
                                seq,
                                "type",
                                type,
                                "payload",
                                payload,
                                "actor",
                                "joe",
                                "at",
                                "2026-11-01T00:00:00Z"));
        var hash = Digests.hex(Digests.sha256(prev, envelope));
        return new DecisionRecord(stream, seq, envelope, Digests.hex(prev), hash);
    }

    @Test
    void aDecisionThatCannotBeFollowedIsInTheLogAndTold() {
        var batch =
                List.of(
                        LogRecordReader.read(Topics.DECISIONS, drift(UID, "a\0b")),
                        LogRecordReader.read(Topics.DECISIONS, drift("2".repeat(32), "fine")));
        var done = take(batch);
        assertThat(done.entries()).isEqualTo(2);
        assertThat(database.value("SELECT count(*) FROM entry")).isEqualTo("2");
        assertThat(database.value("SELECT kind || ' ' || source FROM anomaly"))
                .isEqualTo("DECISION drift/" + UID);
        assertThat(database.value("SELECT reason FROM drift_rule")).isEqualTo("fine");
        assertThat(told()).isOne();
    }

    /** From now on a decision with this reason is held up in that way. */
    private void holdUp(String reason, String sqlState) {
        database.run(
                """
                CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'held up' USING ERRCODE = '%s'; END $$;
                CREATE TRIGGER held BEFORE INSERT ON drift_rule FOR EACH ROW
                    WHEN (new.reason = '%s') EXECUTE FUNCTION held()\
                """
                        .formatted(sqlState, reason));
    }

    /** So many as are due are followed, each once. */
    private void follow(int decisions) {
        for (int n = 0; n < decisions; n++) {
            assertThat(follower.next()).isTrue();
        }
    }

    private void tryAgainNow(int decisions) {
        database.run("UPDATE decision_due SET due_at = now()");
        follow(decisions);
    }

    private String rules() {
        return database.value("SELECT string_agg(reason, ',' ORDER BY uid) FROM drift_rule");
    }

    private List<String> trouble() {
        return db.call(tx -> new TroubledHistories().trouble(tx)).anomalies().stream()
                .map(TroubledHistories.Anomaly::detail)
                .toList();
    }

    @ParameterizedTest // too long, a lock, a deadlock, a full disk
    @ValueSource(strings = {"57014", "55P03", "40P01", "53100"})
    void whatIsHeldUpFollowsLaterAndHoldsNobodyElse(String sqlState) {
        holdUp("held", sqlState);
        var batch =
                List.of(
                        LogRecordReader.read(Topics.DECISIONS, drift(UID, "held")),
                        LogRecordReader.read(Topics.DECISIONS, drift("2".repeat(32), "held")),
                        LogRecordReader.read(Topics.DECISIONS, drift("3".repeat(32), "fine")));
        assertThat(append(batch).entries()).isEqualTo(3);
        follow(3);
        assertThat(rules()).isEqualTo("fine");
        assertThat(trouble())
                .hasSize(2)
                .allSatisfy(detail ->
                        assertThat(detail)
                                .contains("tries so far: 1)")
                                .contains("held up (" + sqlState + ")"));
        assertThat(told()).as("it may be over at once").isZero();
        tryAgainNow(2);
        tryAgainNow(2);
        tryAgainNow(2);
        assertThat(told()).as("each is told once").isEqualTo(2);
        assertThat(trouble().getFirst()).contains("tries so far: 4)");
        database.run("DROP TRIGGER held ON drift_rule");
        tryAgainNow(2);
        assertThat(rules()).isEqualTo("held,held,fine");
        assertThat(trouble()).isEmpty();
        assertThat(database.value("SELECT count(*) FROM anomaly")).isEqualTo("0");
    }

    @Test
    void theLogDoesNotWaitForALockOnWhatFollows() {
        var locked = new CompletableFuture<Boolean>();
        var over = new CompletableFuture<Boolean>();
        Thread.startVirtualThread(() ->
                db.run(tx -> {
                    tx.query("LOCK TABLE drift_rule");
                    locked.complete(true);
                    over.join();
                }));
        locked.orTimeout(30, TimeUnit.SECONDS).join();
        var batch = List.of(LogRecordReader.read(Topics.DECISIONS, drift(UID, "fine")));
        try {
            assertThat(append(batch).entries()).isOne();
        } finally {
            over.complete(true);
        }
        follow();
        assertThat(rules()).isEqualTo("fine");
    }

    @Test
    void whatIsHeldUpDoesNotUndoWhatWasDecidedLater() {
        holdUp("held", "57014");
        var first = drift(UID, 1, "held", new byte[32]);
        var second = drift(UID, 2, "newer", Digests.bytes(first.hash()));
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(first))));
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(second))));
        assertThat(database.value("SELECT count(*) FROM drift_rule")).isEqualTo("0");
        database.run("DROP TRIGGER held ON drift_rule");
        tryAgainNow(2);
        assertThat(rules()).isEqualTo("newer");
        assertThat(database.value("SELECT count(*) FROM decision_due")).isEqualTo("0");
    }

    @Test
    void whatOneFollowsNeitherAnotherDoesNorWhatCameAfterIt() {
        var first = drift(UID, 1, "first", new byte[32]);
        append(
                List.of(
                        LogRecordReader.read(Topics.DECISIONS, Json.bytes(first)),
                        LogRecordReader.read(
                                Topics.DECISIONS,
                                Json.bytes(drift(UID, 2, "second", Digests.bytes(first.hash())))),
                        LogRecordReader.read(Topics.DECISIONS, forgotten()),
                        LogRecordReader.read(Topics.DECISIONS, drift("2".repeat(32), "other"))));
        db.run(tx -> {
            assertThat(DueDecisions.take(tx, DueDecisions.next(tx).orElseThrow())).isTrue();
            follow(); // another one, while this one is at it
        });
        assertThat(rules()).isEqualTo("other");
        assertThat(database.value("SELECT count(*) FROM decision_due")).isEqualTo("2");
        follow(2);
        assertThat(database.value("SELECT count(*) FROM decision_due")).isEqualTo("0");
    }

    private static byte[] forgotten() {
        return decision(
                "database/" + UID, "database.Forgotten", Map.of("uid", UID, "reason", "left"));
    }

    private static DatabaseReport report(@Nullable String problem, String observed) {
        var prints = List.of("a", observed).stream().map(s -> "5-15-" + s.repeat(64)).toList();
        return new DatabaseReport(
                UID,
                "eu",
                "main",
                "shop",
                "eu-1",
                List.of(),
                "i",
                3,
                null,
                0,
                prints.getFirst(),
                problem == null ? prints.getLast() : null,
                1,
                15,
                Map.of(),
                problem,
                null,
                NOW);
    }

    private void report(@Nullable String problem, String observed, boolean fresh) {
        db.run(tx ->
                drift.take(
                        tx,
                        List.of(
                                new DriftDetector.Seen(
                                        report(problem, observed), new RecordTime(NOW, fresh)))));
    }

    private String findings() {
        return database.value(
                "SELECT string_agg(concat_ws(' ', state, ended_by, reason), ', ' ORDER BY id) FROM"
                        + " finding");
    }

    @Test
    void nothingIsFoundOfADatabaseThatIsForgottenUntilAnAgentTellsOfIt() {
        report(null, "b", true);
        assertThat(findings()).isEqualTo("open");
        var decided = Map.of("uid", UID, "reason", "they left");
        var record = decision("database/" + UID, "database.Forgotten", decided);
        assertThat(take(List.of(LogRecordReader.read(Topics.DECISIONS, record))).entries()).isOne();
        assertThat(findings()).isEqualTo("gone joe they left");
        List<FleetCoverage.Missing> asked =
                db.call(tx -> new FleetCoverage().missing(tx, Duration.ZERO));
        assertThat(asked).as("nor is it asked for what the log lacks of it").isEmpty();
        report(null, "c", false);
        report(DatabaseReport.GONE + "main", "c", true);
        assertThat(findings()).as("what is read again, or gone").isEqualTo("gone joe they left");
        report(null, "c", true);
        assertThat(findings()).isEqualTo("gone joe they left, open");
        assertThat(database.value("SELECT count(*) FROM entry")).as("its history").isEqualTo("1");
    }

    private AuditLog.Appended take(List<ReceivedEntry> batch) {
        var done = append(batch);
        follow();
        return done;
    }

    private AuditLog.Appended append(List<ReceivedEntry> batch) {
        return db.call(tx ->
                log.append(tx, batch, LogRecordReader::parked, one -> LogHandler.keep(tx, one)));
    }

    private void follow() {
        while (follower.next()) {
            // there may be more
        }
    }

    private long told() {
        return Math.round(registry.counter("skein.audit.anomalies").count());
    }

    private AuditLog.Appended resolve(String source, long at) {
        var decided = Map.of("source", source, "at", at, "reason", "forged");
        var record = decision("history/" + source, "history.Resolved", decided);
        return take(List.of(LogRecordReader.read(Topics.DECISIONS, record)));
    }

    private String state(String source) {
        return database.value(
                "SELECT state || ' ' || next_seq FROM source WHERE id = '%s'".formatted(source));
    }

    @Test
    void aForkedHistoryGoesOnAsTheLogHasItWhenSomebodyDecidesSo() {
        var chain = Chain.of("rollout/a", 5, "made");
        take(chain.subList(0, 2));
        take(Chain.of("rollout/a", 3, "forged"));
        assertThat(take(chain.subList(2, 5)).entries()).as("refused until then").isZero();
        assertThat(state("rollout/a")).isEqualTo("fork 3");
        assertThat(resolve("rollout/a", 3).entries()).isOne();
        assertThat(state("rollout/a")).isEqualTo("live 3");
        assertThat(take(chain).entries()).isEqualTo(3);
        assertThat(state("rollout/a")).isEqualTo("live 6");
        assertThat(database.value("SELECT count(*) FROM anomaly WHERE kind = 'fork'"))
                .as("what was refused is kept")
                .isEqualTo("6");
    }

    /** The control plane's database was an older copy, and decided again. */
    @Test
    void whatIsDecidedTakesEffectAgainOnceAForkIsResolved() {
        var again = drift(UID, 1, "again", new byte[32]);
        var newer = drift(UID, 2, "newer", Digests.bytes(again.hash()));
        take(List.of(LogRecordReader.read(Topics.DECISIONS, drift(UID, "lost"))));
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(again))));
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(newer))));
        var stream = "drift/" + UID;
        assertThat(state(stream)).isEqualTo("fork 2");
        assertThat(rules()).isEqualTo("lost");
        var decided =
                Map.of(
                        "source",
                        stream,
                        "at",
                        2,
                        "hash",
                        again.hash(),
                        "through",
                        2,
                        "reason",
                        "restored");
        var record = decision("history/" + stream, "history.Resolved", decided);
        take(List.of(LogRecordReader.read(Topics.DECISIONS, record)));
        assertThat(state(stream)).isEqualTo("gap 2");
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(newer))));
        assertThat(state(stream)).isEqualTo("live 3");
        assertThat(rules()).isEqualTo("newer");
        take(List.of(LogRecordReader.read(Topics.DECISIONS, Json.bytes(again))));
        assertThat(state(stream)).as("what was refused comes again").isEqualTo("live 3");
    }

    @Test
    void aDecisionOnAForkThatIsNotThereAnyMoreChangesNothingAndIsTold() {
        take(Chain.of("rollout/a", 2, "made"));
        assertThat(resolve("rollout/a", 3).entries()).isOne();
        assertThat(state("rollout/a")).isEqualTo("live 3");
        assertThat(database.value("SELECT detail FROM anomaly WHERE kind = 'DECISION'"))
                .contains("it has no fork at 3");
    }
}
