// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.GrowthProof;
import dev.skein.engine.proof.LogVerifier;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.engine.proof.NoteKey;
import dev.skein.engine.proof.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenLogTest extends OnAuditDatabase {
    private static final LogSearch.Wanted ALL =
            new LogSearch.Wanted(null, null, null, null, null, null, null, null);

    private final AuditLog log = new AuditLog();
    private final LogSearch search = new LogSearch();
    private SignedCheckpoints checkpoints;

    @TempDir Path folder;

    @BeforeEach
    void checkpoints() {
        checkpoints = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
    }

    private void append(String source, int from, int to, byte[] before) {
        var chain = new ArrayList<ReceivedEntry>();
        var prev = before;
        for (int seq = from; seq <= to; seq++) {
            var says =
                    new TreeMap<String, Object>(
                            Map.of(
                                    "stream",
                                    source,
                                    "seq",
                                    seq,
                                    "type",
                                    "made",
                                    "actor",
                                    seq % 2 == 0 ? "ann" : "bob",
                                    "at",
                                    "2026-11-%02dT00:00:00Z".formatted(1 + seq % 28)));
            var envelope = Json.bytes(says);
            var hash = Digests.sha256(prev, envelope);
            chain.add(
                    new ReceivedEntry(
                            source, seq, envelope, prev, hash, null, null, new byte[] {'d'}));
            prev = hash;
        }
        db.run(tx -> log.append(tx, chain, record -> chain.getFirst()));
    }

    private List<String> export(LogSearch.Wanted wanted) {
        var lines = new ArrayList<String>();
        new LogExport(new LogReads(db, 2), search, checkpoints)
                .<RuntimeException>write(wanted, "some", lines::add);
        return lines;
    }

    private Verdict verify(List<String> lines) throws IOException {
        var text = String.join("\n", lines) + "\n";
        return new LogVerifier(checkpoints.verifier(), null)
                .verify(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), n -> {});
    }

    @Test
    void proofsComeFromTilesAndFromTheEdge() {
        append("rollout/a", 1, 300, new byte[32]);
        append("rollout/b", 1, 500, new byte[32]);
        assertThat(database.value("SELECT count(*) FROM tile")).isEqualTo("3");
        db.run(tx -> {
            var nodes = new StoredNodes(tx);
            var root = MerkleProofs.root(nodes, 800);
            var row = tx.query("SELECT root, size FROM log_state").iterator().next();
            assertThat(row.getBuffer(0).getBytes()).isEqualTo(root);
            for (int index : new int[] {0, 1, 255, 256, 511, 512, 767, 768, 799}) {
                var entry = search.at(tx, index).orElseThrow();
                var leaf = MerkleFrontier.leaf(entry.envelope());
                var proof = MerkleProofs.inclusion(nodes, index, 800);
                assertThat(MerkleProofs.isIncluded(leaf, index, 800, proof, root)).isTrue();
            }
            var old = MerkleProofs.root(nodes, 301);
            var grown = MerkleProofs.consistency(nodes, 301, 800);
            assertThat(MerkleProofs.isConsistent(301, old, 800, root, grown)).isTrue();
        });
    }

    @Test
    void anEntryAndTheGrowthAreProvenByAFileEach() {
        var proofs = new LogProofs(search, checkpoints);
        assertThatThrownBy(() -> db.call(tx -> proofs.entry(tx, 0)))
                .hasMessageContaining("the log has no such entry");
        append("rollout/a", 1, 300, new byte[32]);
        assertThatThrownBy(() -> db.call(tx -> proofs.entry(tx, 0)))
                .hasMessageContaining("nothing is signed yet");
        db.call(checkpoints::sign);
        var before = Checkpoint.read(db.call(checkpoints::last).orElseThrow().note());
        append("rollout/b", 1, 500, new byte[32]);
        db.call(checkpoints::sign);
        append("rollout/c", 1, 1, new byte[32]);
        var key = checkpoints.verifier();
        for (int index : new int[] {0, 299, 300, 511, 799}) {
            var proven = EntryProof.verify(db.call(tx -> proofs.entry(tx, index)), key);
            assertThat(proven.verdict().status()).isEqualTo(Verdict.Status.INTACT);
            assertThat(proven.index()).isEqualTo(index);
        }
        var growth = db.call(tx -> proofs.growth(tx, before.size(), before.root()));
        assertThat(GrowthProof.verify(growth, key, before))
                .isEqualTo(new Verdict(Verdict.Status.INTACT, 0, 800, "", ""));
        assertThatThrownBy(() -> db.call(tx -> proofs.entry(tx, 800)))
                .hasMessageContaining("only the first 800 are signed");
        assertThatThrownBy(() -> db.call(tx -> proofs.growth(tx, 801, null)))
                .hasMessageContaining("the log has 800");
        assertThatThrownBy(() -> db.call(tx -> proofs.growth(tx, 299, before.root())))
                .hasMessageContaining("the log does not begin with them")
                .hasMessageContaining("of another log, or this one was cut");
    }

    @Test
    void whatIsExportedIsVerifiedWithoutTheService() throws IOException {
        append("rollout/a", 1, 300, new byte[32]);
        assertThat(db.call(checkpoints::sign)).isTrue();
        assertThat(db.call(checkpoints::sign)).isFalse();
        append("rollout/b", 1, 300, new byte[32]);
        assertThat(db.call(checkpoints::sign)).isTrue();
        var whole = verify(export(ALL));
        assertThat(whole).isEqualTo(new Verdict(Verdict.Status.INTACT, 600, 600, "", ""));
        var ann = new LogSearch.Wanted(null, "b", null, "ann", null, null, null, null);
        var part = verify(export(ann));
        assertThat(part).isEqualTo(new Verdict(Verdict.Status.INTACT, 150, 600, "", ""));
        var november =
                new LogSearch.Wanted(
                        null,
                        null,
                        null,
                        null,
                        "made",
                        WrittenTime.parse("2026-11-27"),
                        WrittenTime.parse("2026-11-28"),
                        null);
        assertThat(verify(export(november)).entries()).isEqualTo(20);
        var one = new LogSearch.Wanted(null, null, null, null, null, null, null, 599L);
        assertThat(verify(export(one)).entries()).isEqualTo(1);
        List<LogSearch.Entry> newest = db.call(tx -> search.newest(tx, ann, 400, 3));
        assertThat(newest).extracting(LogSearch.Entry::seq).containsExactly(100L, 98L, 96L);
    }

    @Test
    void whatWasAppendedBeforeThereWereTilesGetsThem() throws IOException {
        append("rollout/a", 1, 300, new byte[32]);
        database.run(
                "ALTER TABLE tile DISABLE TRIGGER ALL; ALTER TABLE facet DISABLE TRIGGER ALL;"
                        + " DELETE FROM tile; DELETE FROM facet");
        db.run(log::complete);
        db.run(log::complete);
        assertThat(database.value("SELECT count(*) FROM tile")).isEqualTo("1");
        append("rollout/b", 1, 300, new byte[32]);
        assertThat(db.call(checkpoints::sign)).isTrue();
        assertThat(verify(export(ALL)).entries()).isEqualTo(600);
    }

    @Test
    void nobodyElsesCheckpointIsTakenUp() {
        append("rollout/a", 1, 10, new byte[32]);
        var forger = new SignedCheckpoints(new TestSettings(folder), NoteKey.create("test"));
        assertThat(db.call(forger::sign)).isTrue();
        append("rollout/b", 1, 10, new byte[32]);
        assertThatThrownBy(() -> db.call(checkpoints::sign))
                .hasMessageContaining("it was not signed with the key");
    }

    /** Looks without the pause between two looks. */
    private long look(SelfCheck check) {
        database.run("UPDATE self_check SET looked_at = 'epoch'");
        return db.call(check::some);
    }

    @Test
    void whatASuperuserChangesIsFound() throws IOException {
        append("rollout/a", 1, 400, new byte[32]);
        db.call(checkpoints::sign);
        var check = new SelfCheck();
        assertThat(db.call(check::some)).isZero();
        assertThatThrownBy(() -> database.run("UPDATE entry SET seq = 0"))
                .hasMessageContaining("history is append-only");
        database.run(
                "ALTER TABLE entry DISABLE TRIGGER ALL; UPDATE entry SET envelope ="
                        + " convert_to(replace(convert_from(envelope, 'UTF8'), 'bob', 'eve'),"
                        + " 'UTF8') WHERE index = 300");
        db.run(tx -> {
            tx.query("SELECT FROM self_check FOR UPDATE"); // another replica looks
            assertThat(db.call(check::some)).isZero();
        });
        assertThat(look(check)).isEqualTo(1);
        assertThat(db.call(new SelfCheck()::some)).as("another replica knows").isEqualTo(1);
        var verdict = verify(export(ALL));
        assertThat(verdict.status()).isEqualTo(Verdict.Status.TAMPERED);
        assertThat(verdict.entries()).isEqualTo(301);

        assertThatThrownBy(() -> database.run("DELETE FROM body"))
                .hasMessageContaining("history is append-only");
        database.run(
                "UPDATE entry SET envelope = envelope || ' '::bytea, leaf = sha256('\\x00'::bytea"
                        + " || envelope || ' '::bytea) WHERE index = 5");
        assertThat(look(check)).isEqualTo(2); // the tile remembers
        database.run("UPDATE entry SET leaf = sha256('\\x00'::bytea || envelope)");
        append("rollout/b", 1, 1, new byte[32]);
        assertThatThrownBy(() -> db.call(checkpoints::sign))
                .hasMessageContaining("somebody changed them");
        var last = db.call(checkpoints::last).orElseThrow();
        assertThat(Checkpoint.read(last.note()).size()).isEqualTo(400);
    }

    @Test
    void thatEntriesWereTakenOutIsFound() {
        append("rollout/a", 1, 600, new byte[32]);
        var check = new SelfCheck();
        assertThat(look(check)).isZero();
        database.run(
                "ALTER TABLE entry DISABLE TRIGGER ALL; DELETE FROM entry WHERE index IN (7, 599)"
                        + " OR index BETWEEN 256 AND 511");
        assertThat(look(check)).isEqualTo(258);
    }

    @Test
    void noTileIsWrittenThatLacksOneOfItsHashes() {
        append("rollout/a", 1, 100, new byte[32]);
        database.run("ALTER TABLE entry DISABLE TRIGGER ALL; DELETE FROM entry WHERE index = 7");
        assertThatThrownBy(() -> append("rollout/b", 1, 300, new byte[32]))
                .hasMessageContaining("tile 0/0 has 99 hashes");
        assertThat(database.value("SELECT count(*) FROM tile")).isEqualTo("0");
        append("rollout/b", 1, 100, new byte[32]);
    }

    @Test
    void aBatchOfManyTilesIsProvenLikeAnyOther() {
        append("rollout/a", 1, 70_000, new byte[32]);
        append("rollout/b", 1, 70_000, new byte[32]);
        assertThat(
                        database.value(
                                "SELECT string_agg(level || ' ' || n, ', ' ORDER BY level) FROM"
                                    + " (SELECT level, count(*) AS n FROM tile GROUP BY level) t"))
                .isEqualTo("0 546, 1 2");
        db.run(tx -> {
            var row = tx.query("SELECT root FROM log_state").iterator().next();
            assertThat(MerkleProofs.root(new StoredNodes(tx), 140_000))
                    .isEqualTo(row.getBuffer(0).getBytes());
        });
    }

    @Test
    void aLookGoesOnWhereTheOneBeforeEndedAndRestsMeanwhile() {
        for (int n = 0; n < 5; n++) {
            append("rollout/" + n, 1, 500, new byte[32]);
        }
        var check = new SelfCheck();
        assertThat(look(check)).isZero();
        assertThat(database.value("SELECT next_index FROM self_check")).isEqualTo("2048");
        db.call(check::some);
        assertThat(database.value("SELECT next_index FROM self_check")).isEqualTo("2048");
        assertThat(look(check)).isZero();
        assertThat(database.value("SELECT next_index FROM self_check")).isEqualTo("0");
    }
}
