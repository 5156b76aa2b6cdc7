// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleProofsTest {
    private static final int MOST = 70;

    private static byte[] entry(long index) {
        return ("entry " + index).getBytes(StandardCharsets.UTF_8);
    }

    /** Straight from the definition. */
    private static byte[] node(int level, long index) {
        return level == 0
                ? MerkleFrontier.leaf(entry(index))
                : MerkleFrontier.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    private static byte[] root(long size) {
        var frontier = new MerkleFrontier();
        for (long i = 0; i < size; i++) {
            frontier.append(entry(i));
        }
        return frontier.root();
    }

    private static List<byte[]> spoilt(List<byte[]> proof, int at) {
        var other = new ArrayList<byte[]>();
        proof.forEach(hash -> other.add(hash.clone()));
        other.get(at)[7] ^= 1;
        return other;
    }

    @Test
    void everyEntryOfEveryTreeIsProvenAndNothingElse() {
        for (int size = 1; size <= MOST; size++) {
            var root = root(size);
            assertThat(MerkleProofs.root(MerkleProofsTest::node, size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                var proof = MerkleProofs.inclusion(MerkleProofsTest::node, index, size);
                var leaf = MerkleFrontier.leaf(entry(index));
                assertThat(MerkleProofs.isIncluded(leaf, index, size, proof, root)).isTrue();
                var other = MerkleFrontier.leaf(entry(index + 1));
                assertThat(MerkleProofs.isIncluded(other, index, size, proof, root)).isFalse();
                var beside = (index + 1) % size;
                assertThat(size > 1 && MerkleProofs.isIncluded(leaf, beside, size, proof, root))
                        .isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    assertThat(MerkleProofs.isIncluded(leaf, index, size, spoilt(proof, i), root))
                            .isFalse();
                }
            }
        }
        assertThat(MerkleProofs.isIncluded(root(1), 1, 1, List.of(), root(1))).isFalse();
    }

    @Test
    void everyTreeIsConsistentWithItsBeginningsAndWithNothingElse() {
        for (int size = 1; size <= MOST; size++) {
            for (int old = 1; old <= size; old++) {
                var proof = MerkleProofs.consistency(MerkleProofsTest::node, old, size);
                assertThat(MerkleProofs.isConsistent(old, root(old), size, root(size), proof))
                        .as(old + " in " + size)
                        .isTrue();
                assertThat(MerkleProofs.isConsistent(old, root(old + 1), size, root(size), proof))
                        .isFalse();
                assertThat(MerkleProofs.isConsistent(old, root(old), size, root(size + 1), proof))
                        .isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    var wrong = spoilt(proof, i);
                    assertThat(MerkleProofs.isConsistent(old, root(old), size, root(size), wrong))
                            .isFalse();
                }
            }
        }
    }
}
