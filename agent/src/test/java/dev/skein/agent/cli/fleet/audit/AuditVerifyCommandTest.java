// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.Skein;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.Digests;
import dev.skein.engine.Json;
import dev.skein.engine.proof.Checkpoint;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.ExportLine;
import dev.skein.engine.proof.GrowthProof;
import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.engine.proof.NoteKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files alone are verified here: exports, proofs, and what is neither. */
class AuditVerifyCommandTest {
    private static final NoteKey.Pair KEY = NoteKey.create("example");
    private static final List<byte[]> LOG =
            IntStream.rangeClosed(1, 5).mapToObj(AuditVerifyCommandTest::entry).toList();

    @TempDir Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private static byte[] entry(int seq) {
        return Json.bytes(
                Map.of(
                        "stream",
                        "rollout/r",
                        "seq",
                        seq,
                        "actor",
                        "ann\nintact: everything\u0085\u009b"));
    }

    private static byte[] node(int level, long index) {
        return level == 0
                ? MerkleFrontier.leaf(LOG.get((int) index))
                : MerkleFrontier.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    private static String note(int size) {
        var root = MerkleProofs.root(AuditVerifyCommandTest::node, size);
        return new Checkpoint("example/log", size, root).signed(KEY);
    }

    private static String export() {
        var lines = new ArrayList<String>();
        lines.add(ExportLine.heading("example/log", true, null).text());
        var prev = new byte[32];
        for (int i = 0; i < LOG.size(); i++) {
            var says = LOG.get(i);
            lines.add(ExportLine.entry(i, "rollout/r", i + 1, says, prev, null, null, null).text());
            prev = Digests.sha256(prev, says);
        }
        lines.add(ExportLine.note(note(LOG.size())).text());
        lines.add(ExportLine.theEnd(lines.size()).text());
        return String.join("\n", lines) + "\n";
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @BeforeEach
    void files() throws Exception {
        var hashes = MerkleProofs.inclusion(AuditVerifyCommandTest::node, 2, 5);
        file("one.tlog-proof", EntryProof.text(2, LOG.get(2), hashes, note(5)));
        var grown = MerkleProofs.consistency(AuditVerifyCommandTest::node, 3, 5);
        file("growth.txt", GrowthProof.text(3, grown, note(5)));
        file("monday.txt", note(3) + "\n");
        file("record.jsonl", export());
    }

    private int verify(String file, String... more) {
        return verify(KEY, file, more);
    }

    private int verify(NoteKey.Pair key, String file, String... more) {
        said.reset();
        var words = new ArrayList<>(List.of("audit", "verify", folder.resolve(file).toString()));
        words.addAll(List.of("--key", key.verifier().text()));
        words.addAll(List.of(more));
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Skein.run(Output.plain(out, out), words.toArray(String[]::new));
    }

    private String since() {
        return "--since=" + folder.resolve("monday.txt");
    }

    @Test
    void exportsAndProofsAreToldApart() {
        assertThat(verify("record.jsonl", "--whole")).isZero();
        assertThat(verify("record.jsonl", since())).isZero();
        assertThat(verify("one.tlog-proof")).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("entry 2, as signed in a log of 5 entries")
                .contains("\"ann\\nintact: everything\\u0085\\u009b\"")
                .doesNotContain("\nintact: everything");
        assertThat(verify("growth.txt", since())).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("the log of 5 entries begins with the 3");
    }

    @Test
    void aProofIsNoWholeLogAndEachHasItsUse() {
        assertThat(verify("one.tlog-proof", "--whole")).isEqualTo(3);
        assertThat(verify("growth.txt", since(), "--whole")).isEqualTo(3);
        assertThat(verify("one.tlog-proof", since())).isEqualTo(2);
        assertThat(verify("growth.txt")).isEqualTo(2);
        assertThat(verify("one.tlog-proof", "--json")).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"status\":\"INTACT\"");
    }

    @Test
    void whatIsNeitherIsWrongUsage() throws Exception {
        file("words.txt", "old things\nof mine\n");
        assertThat(verify("words.txt")).isEqualTo(2);
        file("empty", "");
        assertThat(verify("empty")).isEqualTo(3);
        assertThat(verify("nowhere")).isEqualTo(2);
        assertThat(verify("")).isEqualTo(2);
        file("long", Files.readString(folder.resolve("one.tlog-proof")) + "x".repeat(9 << 20));
        assertThat(verify("long")).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("it is longer than");
    }

    @Test
    void anotherKeyIsUnknownAndAnotherByteTampered() throws Exception {
        var other = NoteKey.create("other");
        assertThat(verify(other, "one.tlog-proof")).isEqualTo(4);
        assertThat(verify(other, "record.jsonl")).isEqualTo(4);
        assertThat(verify(other, "growth.txt", since())).as("not its checkpoint").isEqualTo(2);
        file(
                "bad",
                Files.readString(folder.resolve("one.tlog-proof")).replace("index 2", "index 1"));
        assertThat(verify("bad")).isEqualTo(1);
    }

    /** What cannot be read twice. */
    @Test
    void anExportComesThroughAPipe() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        var writer =
                Thread.startVirtualThread(() -> {
                    try {
                        Files.writeString(pipe, export());
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        assertThat(verify("pipe", "--whole")).isZero();
        writer.join();
    }
}
