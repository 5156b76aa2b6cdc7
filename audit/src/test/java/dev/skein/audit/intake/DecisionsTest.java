// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.drift.Cohorts;
import dev.skein.audit.drift.Drift;
import dev.skein.audit.drift.FindingStore;
import dev.skein.audit.drift.Fleet;
import dev.skein.audit.log.Checkpoints;
import dev.skein.audit.log.Continuation;
import dev.skein.audit.log.Log;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.Received;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.proof.NoteKey;
import dev.skein.service.kafka.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log takes every decision, whether or not what follows from it can be done. */
class DecisionsTest extends OnAuditDatabase {
    private static final String UID = "1".repeat(32);
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Drift drift = new Drift(new Fleet(), new Cohorts(), new FindingStore());
    private final Log log = new Log();
    private Decisions decisions;

    @TempDir Path folder;

    @BeforeEach
    void decisions() {
        var checkpoints = new Checkpoints(new TestSettings(folder), NoteKey.create("test"));
        decisions = new Decisions(drift, new Continuation(new OwnEntries(log), checkpoints));
    }

    private static byte[] drift(String uid, String reason) {
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
        return decision("drift/" + uid, "drift.Decided", payload);
    }

    private static byte[] decision(String stream, String type, Object payload) {
        var envelope =
                Json.bytes(
                        Map.of(
                                "stream",
                                stream,
                                "seq",
                                1,
                                "type",
                                type,
                                "payload",
                                payload,
                                "actor",
                                "joe",
                                "at",
                                "2026-11-01T00:00:00Z"));
        var hash = Digests.hex(Digests.sha256(new byte[32], envelope));
        return Json.bytes(new DecisionRecord(stream, 1, envelope, "0".repeat(64), hash));
    }

    @Test
    void aDecisionThatCannotBeFollowedIsInTheLogAndTold() {
        var batch =
                List.of(
                        Reader.read(Topics.DECISIONS, drift(UID, "a\0b")),
                        Reader.read(Topics.DECISIONS, drift("2".repeat(32), "fine")));
        var done = take(batch);
        assertThat(done.entries()).isEqualTo(2);
        assertThat(database.value("SELECT count(*) FROM entry")).isEqualTo("2");
        assertThat(database.value("SELECT kind || ' ' || source FROM anomaly"))
                .isEqualTo("DECISION drift/" + UID);
        assertThat(database.value("SELECT reason FROM drift_rule")).isEqualTo("fine");
    }

    @Test
    void aDecisionWhoseEffectTakesTooLongIsTriedAgainAndThenInTheLogAndTold() {
        database.run(
                """
                CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END $$;
                CREATE TRIGGER late BEFORE INSERT ON drift_rule FOR EACH ROW
                    WHEN (new.reason = 'late') EXECUTE FUNCTION late()\
                """);
        var batch =
                List.of(
                        Reader.read(Topics.DECISIONS, drift(UID, "late")),
                        Reader.read(Topics.DECISIONS, drift("2".repeat(32), "fine")));
        for (int tried = 1; tried < 3; tried++) { // what held it up may be over
            assertThatThrownBy(() -> take(batch)).isInstanceOf(PgServerError.class);
        }
        assertThat(take(batch).entries()).isEqualTo(2);
        assertThat(database.value("SELECT kind || ' ' || source FROM anomaly"))
                .isEqualTo("DECISION drift/" + UID);
        assertThat(database.value("SELECT reason FROM drift_rule")).isEqualTo("fine");
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
        db.run(tx -> drift.take(tx, report(problem, observed), new Stamp(NOW, fresh)));
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
        assertThat(take(List.of(Reader.read(Topics.DECISIONS, record))).entries()).isOne();
        assertThat(findings()).isEqualTo("gone joe they left");
        List<Fleet.Missing> asked = db.call(tx -> new Fleet().missing(tx, Duration.ZERO));
        assertThat(asked).as("nor is it asked for what the log lacks of it").isEmpty();
        report(null, "c", false);
        report(DatabaseReport.GONE + "main", "c", true);
        assertThat(findings()).as("what is read again, or gone").isEqualTo("gone joe they left");
        report(null, "c", true);
        assertThat(findings()).isEqualTo("gone joe they left, open");
        assertThat(database.value("SELECT count(*) FROM entry")).as("its history").isEqualTo("1");
    }

    private Log.Appended take(List<Received> batch) {
        return db.call(tx -> log.append(tx, batch, Reader::parked, one -> decisions.tell(tx, one)));
    }

    private Log.Appended resolve(String source, long at) {
        var decided = Map.of("source", source, "at", at, "reason", "forged");
        var record = decision("history/" + source, "history.Resolved", decided);
        return take(List.of(Reader.read(Topics.DECISIONS, record)));
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

    @Test
    void aDecisionOnAForkThatIsNotThereAnyMoreChangesNothingAndIsTold() {
        take(Chain.of("rollout/a", 2, "made"));
        assertThat(resolve("rollout/a", 3).entries()).isOne();
        assertThat(state("rollout/a")).isEqualTo("live 3");
        assertThat(database.value("SELECT detail FROM anomaly WHERE kind = 'DECISION'"))
                .contains("it has no fork at 3");
    }
}
