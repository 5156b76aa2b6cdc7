// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.testing.Chain;
import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.event.ResendRequest;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stopped in the log is told by the log. */
class HistoryNewsTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);

    @TempDir Path folder;
    private final AuditLog log = new AuditLog();
    private final HistoryNews news = new HistoryNews(new OwnEntries(log));
    private SignedCheckpoints checkpoints;

    @BeforeEach
    void checkpoints() {
        checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
    }

    private AuditLog.Appended append(List<ReceivedEntry> entries) {
        return db.call(tx -> log.append(tx, entries, Chain::read));
    }

    private int tell(Duration patience) {
        return db.call(tx -> news.append(tx, patience, Instant.parse("2026-11-28T00:00:00Z")));
    }

    private Verdict verdict() throws IOException {
        db.call(checkpoints::sign);
        var lines = new ArrayList<String>();
        new LogExport(new LogReads(db, 2), new LogSearch(), checkpoints)
                .<RuntimeException>write(ALL, "all", lines::add);
        var text = String.join("\n", lines) + "\n";
        return new LogVerifier(checkpoints.verifier(), null)
                .verify(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), n -> {});
    }

    @Test
    void anExportTellsOfAForkAndIsNotIntact() throws IOException {
        append(Chain.of("rollout/a", 3, "made"));
        append(Chain.of("rollout/b", 3, "made"));
        assertThat(tell(Duration.ZERO)).isZero();
        assertThat(verdict().status()).isEqualTo(Verdict.Status.INTACT);
        append(Chain.of("rollout/b", 2, "other"));
        assertThat(tell(Duration.ofHours(1))).isOne();
        assertThat(tell(Duration.ofHours(1))).as("it is told once").isZero();
        var verdict = verdict();
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCOMPLETE);
        assertThat(verdict.place()).isEqualTo("the history rollout/b");
        assertThat(verdict.found()).contains("it has a fork at 4");
    }

    @Test
    void aGapThatLastsIsToldAndSoIsItsEnd() throws IOException {
        var chain = Chain.of("rollout/a", 5, "made");
        append(chain.subList(0, 1));
        append(chain.subList(2, 5));
        assertThat(tell(Duration.ofHours(1))).as("it may be on its way").isZero();
        assertThat(tell(Duration.ZERO)).isOne();
        var verdict = verdict();
        assertThat(verdict.status()).isEqualTo(Verdict.Status.INCOMPLETE);
        assertThat(verdict.found()).contains("it has a gap at 2");
        append(chain.subList(1, 2));
        assertThat(tell(Duration.ofHours(1))).isOne();
        assertThat(verdict()).isEqualTo(new Verdict(Verdict.Status.INTACT, 7, 7, "", ""));
    }

    @Test
    void decisionsThatAreMissingAreAskedForAgainUntilTheyCome() {
        var chain = Chain.of("rollout/a", 5, "made");
        append(chain.subList(0, 1));
        append(chain.subList(2, 5));
        append(Chain.of("rollout/whole", 2, "made"));
        var of = Chain.of("db/0123456789abcdef0123456789abcdef/i1", 3, "made");
        append(of.subList(0, 1));
        append(of.subList(2, 3));
        assertThat(recalls(Duration.ofHours(1))).as("they may be on their way").isEmpty();
        assertThat(recalls(Duration.ZERO)).containsExactly(new ResendRequest("rollout/a", 2));
        assertThat(recalls(Duration.ofHours(1))).as("they were just asked for").isEmpty();
        assertThat(recalls(Duration.ZERO)).as("and did not come").hasSize(1);
        append(chain.subList(1, 2));
        assertThat(recalls(Duration.ZERO)).isEmpty();
    }

    private List<ResendRequest> recalls(Duration patience) {
        return db.call(tx -> new TroubledHistories().recalls(tx, patience));
    }

    @Test
    void whatAForkedHistorySendsIsCountedAndDoesNotFillTheDisk() {
        append(Chain.of("rollout/a", 1, "made"));
        for (int i = 0; i < 3; i++) {
            assertThat(append(Chain.of("rollout/a", 100, "other")).anomalies()).isEqualTo(100);
        }
        assertThat(database.value("SELECT count(*) FROM anomaly")).isEqualTo("16");
        var broken = db.call(new TroubledHistories()::trouble).sources().getFirst();
        assertThat(broken)
                .isEqualTo(new TroubledHistories.Broken("rollout/a", "fork", 2, 0, 300, 0));
    }

    @Test
    void whatWaitsBehindAGapIsReadWhenItsTurnHasCome() {
        int waiting = 5000;
        var chain = Chain.of("rollout/a", waiting + 2, "made");
        var read = new AtomicInteger();
        append(chain.subList(0, 1));
        for (int from = 2; from < chain.size(); from += 100) {
            var some = chain.subList(from, Math.min(from + 100, chain.size()));
            db.run(tx -> log.append(tx, some, record -> counted(record, read)));
        }
        assertThat(read.get()).as("records that were read while more came").isLessThan(waiting);
        var missing = chain.subList(1, 2);
        var done = db.call(tx -> log.append(tx, missing, record -> counted(record, read)));
        assertThat(done.entries()).isEqualTo(waiting + 1);
        assertThat(read.get()).isLessThan(2 * waiting);
        assertThat(database.value("SELECT count(*) FROM parked")).isEqualTo("0");
        assertThat(database.value("SELECT state || next_seq FROM source")).isEqualTo("live5003");
    }

    private static ReceivedEntry counted(byte[] record, AtomicInteger read) {
        read.incrementAndGet();
        return Chain.read(record);
    }
}
