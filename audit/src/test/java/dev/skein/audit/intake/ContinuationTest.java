// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.drift.DriftCohorts;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.drift.FindingStore;
import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.HistoryResolution;
import dev.skein.audit.log.LogContinuation;
import dev.skein.audit.log.LogExport;
import dev.skein.audit.log.LogProofs;
import dev.skein.audit.log.LogReads;
import dev.skein.audit.log.LogSearch;
import dev.skein.audit.log.OwnEntries;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.event.DecisionRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older copy of the log's database goes on when somebody decides so, and the log tells it. */
class ContinuationTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);
    private static final LogSearch.Wanted ANNS =
            new LogSearch.Wanted(null, null, null, "ann", null, null, null, null);
    private static final List<String> TABLES =
            List.of("entry", "facet", "source", "tile", "checkpoint", "body", "log_state");

    @TempDir Path folder;
    private final NoteKey.Pair key = NoteKey.create("test");
    private final AuditLog log = new AuditLog();
    private final DriftDetector drift =
            new DriftDetector(new FleetCoverage(), new DriftCohorts(), new FindingStore());
    private SignedCheckpoints checkpoints;
    private LogContinuation continuation;
    private long decisions;
    private byte[] lastDecision = new byte[32];

    @BeforeEach
    void start() {
        checkpoints = new SignedCheckpoints(new TestSettings(folder), key);
        continuation = new LogContinuation(new OwnEntries(log), checkpoints);
    }

    private AuditLog.Appended take(List<ReceivedEntry> batch) {
        var done =
                db.call(tx ->
                        log.append(
                                tx,
                                batch,
                                record ->
                                        record[0] == 'd'
                                                ? LogRecordReader.parked(record)
                                                : Chain.read(record),
                                one -> LogHandler.keep(tx, one)));
        var follower =
                new DecisionFollower(
                        db,
                        drift,
                        continuation,
                        new HistoryResolution(log, new OwnEntries(log)),
                        new SimpleMeterRegistry());
        while (follower.next()) {
            // there may be more
        }
        return done;
    }

    private void append(String source, int entries) {
        take(Chain.of(source, entries, "made"));
    }

    private Checkpoint signed() {
        assertThat(db.call(checkpoints::sign)).isTrue();
        return Checkpoint.read(note());
    }

    private String note() {
        return db.call(checkpoints::last).orElseThrow().note();
    }

    /** Keeps what the database is now. */
    private void save() {
        database.run("CREATE SCHEMA copy");
        TABLES.forEach(t -> database.run("CREATE TABLE copy." + t + " AS TABLE " + t));
    }

    /** The database is what it was then. */
    private void restore() {
        var sql = new StringBuilder("SET session_replication_role = replica");
        for (var t : TABLES) {
            sql.append("; DELETE FROM %1$s; INSERT INTO %1$s SELECT * FROM copy.%1$s".formatted(t));
        }
        database.run(sql.toString());
    }

    /** The decision as the control plane publishes it. */
    private ReceivedEntry decision(String note, long from) {
        var payload = Map.of("note", note, "from", from, "reason", "the disk is lost");
        var envelope =
                Json.bytes(
                        Map.of(
                                "stream",
                                "history/log",
                                "seq",
                                ++decisions,
                                "type",
                                "history.Continued",
                                "payload",
                                payload,
                                "actor",
                                "joe",
                                "at",
                                "2026-11-01T00:00:00Z"));
        var prev = Digests.hex(lastDecision);
        lastDecision = Digests.sha256(lastDecision, envelope);
        var record =
                new DecisionRecord(
                        "history/log", decisions, envelope, prev, Digests.hex(lastDecision));
        return LogRecordReader.read(Topics.DECISIONS, Json.bytes(record));
    }

    private Verdict verify(LogSearch.Wanted wanted, @Nullable Checkpoint since) throws IOException {
        var lines = new ArrayList<String>();
        new LogExport(new LogReads(db, 2), new LogSearch(), checkpoints)
                .<RuntimeException>write(wanted, "some", lines::add);
        var text = String.join("\n", lines) + "\n";
        return new LogVerifier(checkpoints.verifier(), since)
                .verify(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), n -> {});
    }

    private void expectTold(Verdict verdict) {
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCOMPLETE);
        assertThat(verdict.found())
                .isEqualTo(
                        "the log was restored on 2026-11-01T00:00:00Z by joe (the disk is lost):"
                            + " entries 4 to 9 of the old log of 10 are not proved by this one");
    }

    private void expectNoGrowth(Checkpoint since) {
        var proofs = new LogProofs(new LogSearch(), checkpoints);
        assertThatThrownBy(() -> db.call(tx -> proofs.growth(tx, since.size(), since.root())))
                .hasMessageContaining("does not begin with them")
                .hasMessageContaining("by a decision (skein audit show 9)");
    }

    private String nothingFollows() {
        return database.value(
                "SELECT count(*) FROM anomaly WHERE kind = 'DECISION' AND detail LIKE"
                        + " '%it is not the one, without what was signed%'");
    }

    /** Four entries that are in the backup, and six that are not. */
    private Checkpoint lose() {
        append("rollout/a", 4);
        signed();
        save();
        append("rollout/b", 6);
        var old = signed();
        restore();
        return old;
    }

    private void expectRefused() {
        assertThatThrownBy(() -> db.call(checkpoints::sign))
                .hasMessageContaining("were signed: its database is an older copy")
                .hasMessageContaining("skein audit continue");
    }

    @Test
    void theLogGoesOnByADecisionAndTellsWhatItDoesNotProve() throws IOException {
        var before = lose();
        var old = before.signed(key);
        append("rollout/b", 3); // what Kafka still had
        expectRefused();
        assertThat(db.call(checkpoints::lost)).contains(new SignedCheckpoints.Lost(old, 10, 4));
        take(List.of(decision(old, 3)));
        assertThat(nothingFollows()).as("it goes on from another size").isEqualTo("1");
        expectRefused();

        take(List.of(decision(old, 4)));
        assertThat(db.call(checkpoints::lost)).isEmpty();
        var after = signed();
        assertThat(after.size()).isEqualTo(10); // as many, and another tree
        assertThat(after.root()).isNotEqualTo(before.root());
        append("rollout/c", 5);
        var last = signed();

        expectTold(verify(ALL, null));
        expectTold(verify(ALL, before));
        assertThat(verify(ALL, after).status()).isEqualTo(Verdict.Status.INTACT);
        assertThat(verify(ALL, last).status()).isEqualTo(Verdict.Status.INTACT);
        expectTold(verify(ANNS, null));
        expectNoGrowth(before);
        var other = new Checkpoint("test/log", 3, new byte[32]);
        assertThat(verify(ALL, other).status())
                .as("what is from before that is proved as ever")
                .isEqualTo(Verdict.Status.TAMPERED);
        var cut = new Checkpoint("test/log", 11, new byte[32]);
        assertThat(verify(ALL, cut).status()).isEqualTo(Verdict.Status.TAMPERED);

        take(List.of(decision(old, 4)));
        assertThat(nothingFollows()).as("nothing is lost any more").isEqualTo("2");
        assertThat(database.value("SELECT count(*) FROM entry WHERE source = 'log/continued'"))
                .isEqualTo("1");
    }

    @Test
    void whoeverIsKilledBetweenDecisionAndSignatureGoesOnAfterwards() {
        var old = lose().signed(key);
        var decided = decision(old, 4);
        take(List.of(decided));
        restore(); // once more, before anything was signed: the topic still has the decision
        expectRefused();
        take(List.of(decided));
        start();
        assertThat(signed().size()).isEqualTo(6);
    }

    @Test
    void aDecisionIsAboutOneCheckpointOnly() {
        var old = lose().signed(key);
        var decided = decision(old, 4);
        take(List.of(decided));
        signed();
        restore();
        expectRefused();
        take(List.of(decided));
        expectRefused();
        assertThat(nothingFollows()).isEqualTo("1");
    }

    @Test
    void nobodyElseWritesWhereTheLogTellsOfItself() {
        assertThat(OwnEntries.isOwn("log/continued")).isTrue();
    }
}
