// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.proof.Verdict.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proofs of one entry and of a log's growth, as files. */
class ShortProofsTest {
    private static final String ORIGIN = "example/log";
    private static final NoteKey.Pair KEY = NoteKey.create("example");
    private static final int ENTRIES = 21;
    private static final List<byte[]> LOG =
            IntStream.range(0, ENTRIES)
                    .mapToObj(i -> ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8))
                    .toList();

    private static byte[] node(int level, long index) {
        return level == 0
                ? MerkleFrontier.leaf(LOG.get((int) index))
                : MerkleFrontier.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    private static Checkpoint at(int size) {
        return new Checkpoint(ORIGIN, size, MerkleProofs.root(ShortProofsTest::node, size));
    }

    private static String entry(int index, int size) {
        var hashes = MerkleProofs.inclusion(ShortProofsTest::node, index, size);
        return EntryProof.text(index, LOG.get(index), hashes, at(size).signed(KEY));
    }

    private static String growth(int old, int size) {
        var hashes =
                old == 0
                        ? List.<byte[]>of()
                        : MerkleProofs.consistency(ShortProofsTest::node, old, size);
        return GrowthProof.text(old, hashes, at(size).signed(KEY));
    }

    private static Verdict grown(String text, Checkpoint old) {
        return GrowthProof.verify(text, KEY.verifier(), old);
    }

    @Test
    void everyEntryIsProvenAtEverySize() {
        for (int size = 1; size <= ENTRIES; size++) {
            for (int index = 0; index < size; index++) {
                var proven = EntryProof.verify(entry(index, size), KEY.verifier());
                assertThat(proven.verdict()).isEqualTo(new Verdict(Status.INTACT, 1, size, "", ""));
                assertThat(proven.index()).isEqualTo(index);
                assertThat(proven.entry()).isEqualTo(LOG.get(index));
            }
        }
    }

    @Test
    void growthIsProvenBetweenAllSizes() {
        for (int size = 1; size <= ENTRIES; size++) {
            for (int old = 0; old <= size; old++) {
                assertThat(grown(growth(old, size), at(old)).status()).isEqualTo(Status.INTACT);
                assertThat(grown(growth(old, size), new Checkpoint(ORIGIN, old, new byte[32])))
                        .extracting(Verdict::status)
                        .isEqualTo(Status.TAMPERED);
            }
        }
    }

    /** Every bit of either file counts. */
    @Test
    void noBitMayBeAnotherOne() {
        var entry = entry(5, ENTRIES).getBytes(StandardCharsets.UTF_8);
        var growth = growth(5, ENTRIES).getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < entry.length * 8; bit++) {
            var proven = EntryProof.verify(flipped(entry, bit), KEY.verifier());
            assertThat(proven.verdict().status()).as("bit %d", bit).isNotEqualTo(Status.INTACT);
            assertThat(proven.entry()).isNull();
        }
        for (int bit = 0; bit < growth.length * 8; bit++) {
            assertThat(grown(flipped(growth, bit), at(5)).status())
                    .as("bit %d", bit)
                    .isNotEqualTo(Status.INTACT);
        }
    }

    private static String flipped(byte[] text, int bit) {
        var bytes = text.clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aFileThatEndsInTheMiddleIsIncomplete() {
        var entry = entry(5, ENTRIES);
        for (int length = 0; length < entry.length() - 1; length++) {
            var proven = EntryProof.verify(entry.substring(0, length), KEY.verifier());
            assertThat(proven.verdict().status())
                    .as("%d characters", length)
                    .isEqualTo(Status.INCOMPLETE);
        }
        assertThat(EntryProof.verify(entry.stripTrailing(), KEY.verifier()).verdict().status())
                .as("the last line's end is no loss")
                .isEqualTo(Status.INTACT);
        var bare = entry.replaceFirst("extra .*\n", "");
        assertThat(EntryProof.verify(bare, KEY.verifier()).verdict())
                .isEqualTo(
                        new Verdict(
                                Status.INCOMPLETE,
                                0,
                                ENTRIES,
                                "the proof",
                                "the entry itself is not in it"));
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        var entry = entry(5, ENTRIES);
        assertThat(found(entry.replace("index 5", "index 05")))
                .isEqualTo("line 3: there is no number behind index ");
        assertThat(found(entry.replace("index 5", "index 6")))
                .isEqualTo("entry 6: it is not the one in the log of 21 entries that was signed");
        assertThat(found(entry.replace("\n", "\r\n")))
                .isEqualTo("line 1: lines do not end as they were written");
        var many = entry + "\u2014 somebody AAAA\n".repeat(60_000);
        assertThat(EntryProof.verify(many, KEY.verifier()).verdict().status())
                .isEqualTo(Status.INTACT);
        assertThat(GrowthProof.isOne("old things\nof mine")).isFalse();
        assertThat(GrowthProof.isOne(growth(5, 6))).isTrue();
    }

    private static String found(String text) {
        var verdict = EntryProof.verify(text, KEY.verifier()).verdict();
        assertThat(verdict.status()).isEqualTo(Status.TAMPERED);
        return verdict.place() + ": " + verdict.found();
    }

    @Test
    void anotherKeyLogOrBeginningIsSaid() {
        var other = NoteKey.create("other").verifier();
        assertThat(EntryProof.verify(entry(0, 3), other).verdict().status())
                .isEqualTo(Status.UNKNOWN_KEY);
        assertThat(GrowthProof.verify(growth(2, 3), other, at(2)).status())
                .isEqualTo(Status.UNKNOWN_KEY);
        assertThat(grown(growth(2, 3), at(1)).status()).isEqualTo(Status.INCOMPLETE);
        var foreign = new Checkpoint("other/log", 2, at(2).root());
        assertThat(grown(growth(2, 3), foreign).found())
                .isEqualTo("it is of example/log, not of other/log");
    }
}
