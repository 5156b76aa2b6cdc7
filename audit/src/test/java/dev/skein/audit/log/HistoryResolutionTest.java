// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.Digests;
import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every history that stopped can go on, and whoever verifies is told what it lacks. */
class HistoryResolutionTest extends OnAuditDatabase {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);
    private static final LogSearch.Wanted PART =
            new LogSearch.Wanted(null, null, null, null, "made", null, null, null);

    @TempDir Path folder;
    private final AuditLog log = new AuditLog();
    private final OwnEntries own = new OwnEntries(log);
    private final HistoryResolution resolution = new HistoryResolution(log, own);
    private final HistoryNews news = new HistoryNews(own);
    private final List<ReceivedEntry> heard = new ArrayList<>();
    private SignedCheckpoints checkpoints;

    @BeforeEach
    void checkpoints() {
        checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
    }

    private AuditLog.Appended append(List<ReceivedEntry> entries) {
        return db.call(tx -> log.append(tx, entries, Chain::read));
    }

    private void resolve(String source, long at, long to, byte @Nullable [] behind, long through) {
        var hash = behind == null ? null : Digests.hex(behind);
        var decided = new HistoryResolution.Decided(source, at, to, hash, through, "so be it");
        var by = new HistoryResolution.By("joe", NOW);
        db.run(tx -> resolution.take(tx, source, decided, by, Chain::read, heard::add));
    }

    private void tell() {
        db.run(tx -> news.append(tx, Duration.ZERO, NOW));
    }

    private Verdict verdict(LogSearch.Wanted wanted, @Nullable String since) throws IOException {
        db.call(checkpoints::sign);
        var lines = new ArrayList<String>();
        new LogExport(new LogReads(db, 2), new LogSearch(), checkpoints)
                .<RuntimeException>write(wanted, "some", lines::add);
        var text = String.join("\n", lines) + "\n";
        return new LogVerifier(
                        checkpoints.verifier(), since == null ? null : Checkpoint.read(since))
                .verify(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), n -> {});
    }

    private String state(String source) {
        return database.value(
                "SELECT state || ' ' || next_seq FROM source WHERE id = '%s'".formatted(source));
    }

    /** The same beginning, then others. */
    private static List<ReceivedEntry> other(List<ReceivedEntry> chain, int same, int length) {
        var other = new ArrayList<>(chain.subList(0, same));
        while (other.size() < length) {
            var last = other.getLast();
            other.add(Chain.next(last.source(), last.seq() + 1, "other", last.hash()));
        }
        return other;
    }

    @Test
    void whatNobodyDecidedAboutIsAForkLikeAnyOther() {
        var lost = Chain.of("drift/u", 4, "made");
        var there = other(lost, 2, 6);
        append(lost);
        append(there.subList(2, 5));
        tell();
        resolve("drift/u", 5, 0, there.get(3).hash(), 5);
        append(there);
        assertThat(state("drift/u")).isEqualTo("live 7");
        append(other(lost, 1, 2).subList(1, 2));
        assertThat(state("drift/u")).isEqualTo("fork 7");
    }

    @Test
    void behindAGapThatWasSteppedOverOnlyWhatWasMissingMayComeLate() {
        var chain = Chain.of("db/u/i", 9, "made");
        append(chain.subList(0, 4));
        append(chain.subList(6, 9));
        assertThat(state("db/u/i")).isEqualTo("gap 5");
        resolve("db/u/i", 5, 7, null, 0);
        assertThat(state("db/u/i")).isEqualTo("live 10");
        append(chain.subList(4, 6));
        assertThat(state("db/u/i")).as("too late").isEqualTo("live 10");
        append(other(chain, 2, 3).subList(2, 3));
        assertThat(state("db/u/i")).as("another one than was there").isEqualTo("fork 10");
    }

    @Test
    void aStreamThatTheControlPlaneDecidedAgainGoesOnAsItHasIt() throws IOException {
        var lost = Chain.of("drift/u", 4, "made");
        var there = other(lost, 2, 6);
        append(lost);
        assertThat(append(there.subList(2, 5)).anomalies()).isEqualTo(3);
        assertThat(state("drift/u")).isEqualTo("fork 5");
        tell();
        resolve("drift/u", 5, 0, there.get(3).hash(), 5);
        assertThat(state("drift/u")).as("the fifth is known to be there").isEqualTo("gap 5");
        assertThat(append(there).entries()).isEqualTo(2);
        assertThat(state("drift/u")).as("those before come again").isEqualTo("live 7");
        tell();
        var verdict = verdict(ALL, null);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCOMPLETE);
        assertThat(verdict.found())
                .isEqualTo(
                        "drift/u goes on at 5 behind an entry that was refused; other entries 3"
                                + " to 4 are not in it, as joe decided on"
                                + " 2026-11-28T00:00:00Z (so be it)");
        assertThat(verdict(PART, null).found()).isEqualTo(verdict.found());
        var known = db.call(checkpoints::last).orElseThrow().note();
        assertThat(verdict(ALL, known).status()).as("known").isEqualTo(Verdict.Status.INTACT);
    }

    @Test
    void whatWaitsOfTheLostHistoryIsKeptAsRefused() {
        var lost = Chain.of("control", 9, "made");
        var there = other(lost, 2, 9);
        append(lost.subList(0, 4));
        append(lost.subList(5, 9));
        append(there.subList(2, 3));
        resolve("control", 5, 0, there.get(3).hash(), 9);
        assertThat(append(there.subList(4, 9)).entries()).isEqualTo(5);
        assertThat(state("control")).isEqualTo("live 10");
        assertThat(database.value("SELECT count(*) FROM anomaly")).isEqualTo("5");
        assertThat(database.value("SELECT count(*) FROM parked")).isEqualTo("0");
    }

    @Test
    void aGapThatNothingFillsIsSteppedOver() throws IOException {
        var chain = Chain.of("rollout/a", 6, "made");
        append(chain.subList(0, 1));
        append(chain.subList(3, 6));
        tell();
        resolve("rollout/a", 2, 4, null, 0);
        assertThat(state("rollout/a")).isEqualTo("live 7");
        assertThat(heard).as("what follows from them").hasSize(3);
        tell();
        assertThat(append(chain.subList(1, 3)).anomalies()).as("too late").isEqualTo(2);
        assertThat(state("rollout/a")).isEqualTo("live 7");
        var verdict = verdict(ALL, null);
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCOMPLETE);
        assertThat(verdict.found()).startsWith("entries 2 to 3 of rollout/a are lost, as joe");
        var known = db.call(checkpoints::last).orElseThrow().note();
        assertThat(verdict(ALL, known).status()).as("known").isEqualTo(Verdict.Status.INTACT);
    }

    @Test
    void aDatabaseWhoseEntriesWereLostGoesOnAsWell() {
        var source = "db/" + "1".repeat(32) + "/i";
        var chain = Chain.of(source, 3, "made");
        append(chain.subList(2, 3));
        assertThat(state(source)).isEqualTo("gap 1");
        resolve(source, 1, 3, null, 0);
        assertThat(state(source)).isEqualTo("live 4");
    }

    @Test
    void whatIsNotAsWhoeverDecidedSawItIsLeft() {
        var chain = Chain.of("rollout/a", 5, "made");
        append(chain.subList(0, 1));
        append(chain.subList(3, 5));
        assertThatThrownBy(() -> resolve("rollout/a", 2, 3, null, 0))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("it has no gap from 2 to 2");
        assertThatThrownBy(() -> resolve("rollout/a", 2, 0, null, 0))
                .hasMessageContaining("it has no fork at 2");
        append(Chain.of("rollout/a", 1, "other"));
        assertThatThrownBy(() -> resolve("rollout/a", 2, 4, null, 0))
                .hasMessageContaining("it has no gap from 2 to 3");
        assertThatThrownBy(() -> resolve("rollout/a", 3, 0, null, 0))
                .hasMessageContaining("it has no fork at 3");
        assertThatThrownBy(() -> resolve("rollout/b", 1, 0, null, 0))
                .hasMessageContaining("it has no fork at 1");
        assertThat(state("rollout/a")).isEqualTo("fork 2");
    }
}
