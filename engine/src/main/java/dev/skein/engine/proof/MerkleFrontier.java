// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Digests;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a growing Merkle tree: enough to append and to know the root, in at most 64
 * hashes.
 *
 * <p>Leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), an empty tree's root =
 * SHA-256 of nothing. Source: RFC 6962, section 2.1.
 */
public final class MerkleFrontier {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final int HASH = 32;

    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    /** An empty tree's. */
    public MerkleFrontier() {}

    /**
     * Takes up where another left off.
     *
     * @param size number of leaves
     * @param bytes what {@link #bytes} gave for that size
     * @throws IllegalArgumentException if the two do not fit
     */
    public MerkleFrontier(long size, byte[] bytes) {
        if (size < 0 || bytes.length != HASH * Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a frontier of %d bytes does not fit %d leaves".formatted(bytes.length, size));
        }
        this.size = size;
        for (int at = 0; at < bytes.length; at += HASH) {
            peaks.add(Arrays.copyOfRange(bytes, at, at + HASH));
        }
    }

    /** The hash of an entry as a leaf. */
    public static byte[] leaf(byte[] entry) {
        return Digests.sha256(LEAF, entry);
    }

    /** The hash of an inner node. */
    public static byte[] node(byte[] left, byte[] right) {
        return Digests.sha256(NODE, left, right);
    }

    /** Adds an entry; gives its leaf hash. */
    public byte[] append(byte[] entry) {
        var leaf = leaf(entry);
        var hash = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = node(peaks.removeLast(), hash);
        }
        peaks.add(hash);
        size++;
        return leaf;
    }

    public long size() {
        return size;
    }

    /** The root hash, 32 bytes. */
    public byte[] root() {
        if (peaks.isEmpty()) {
            return Digests.sha256();
        }
        var root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = node(peaks.get(i), root);
        }
        return root;
    }

    /** The hashes of the perfect subtrees, largest first, 32 bytes each. */
    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        peaks.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
