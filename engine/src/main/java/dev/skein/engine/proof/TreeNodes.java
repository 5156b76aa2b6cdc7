// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

/** The hashes of perfect subtrees of a Merkle tree. */
@FunctionalInterface
public interface TreeNodes {
    /**
     * The hash over 2^level leaves, beginning with leaf {@code index * 2^level}.
     *
     * @return 32 bytes
     */
    byte[] hash(int level, long index);
}
