// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Digests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * That an entry is in a log, and that a log has only grown, each shown by a few hashes. Source: RFC
 * 6962, section 2.1.1 and 2.1.2, for making them; RFC 9162, section 2.1.3.2 and 2.1.4.2, for
 * checking them.
 */
public final class MerkleProofs {
    private MerkleProofs() {}

    /** The root over the first leaves of a tree. */
    public static byte[] root(TreeNodes nodes, long size) {
        return size == 0 ? Digests.sha256() : range(nodes, 0, size);
    }

    /**
     * The hashes that lead from a leaf to the root.
     *
     * @param index of the leaf, from 0
     * @param size of the tree, greater than the index
     * @throws IllegalArgumentException if the tree has no such leaf
     */
    public static List<byte[]> inclusion(TreeNodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " among " + size);
        }
        var proof = new ArrayList<byte[]>();
        path(nodes, index, 0, size, proof);
        return proof;
    }

    private static void path(
            TreeNodes nodes, long index, long start, long size, List<byte[]> proof) {
        if (size == 1) {
            return;
        }
        long half = half(size);
        if (index < half) {
            path(nodes, index, start, half, proof);
            proof.add(range(nodes, start + half, size - half));
        } else {
            path(nodes, index - half, start + half, size - half, proof);
            proof.add(range(nodes, start, half));
        }
    }

    /**
     * The hashes that show that a tree begins with a smaller one.
     *
     * @param old size of the smaller one, at least 1 and at most the size
     * @throws IllegalArgumentException if the smaller one is empty or greater than the tree
     */
    public static List<byte[]> consistency(TreeNodes nodes, long old, long size) {
        if (old < 1 || old > size) {
            throw new IllegalArgumentException("no tree of " + old + " in one of " + size);
        }
        var proof = new ArrayList<byte[]>();
        subproof(nodes, old, 0, size, true, proof);
        return proof;
    }

    private static void subproof(
            TreeNodes nodes, long old, long start, long size, boolean whole, List<byte[]> proof) {
        if (old == size) {
            if (!whole) {
                proof.add(range(nodes, start, size));
            }
            return;
        }
        long half = half(size);
        if (old <= half) {
            subproof(nodes, old, start, half, whole, proof);
            proof.add(range(nodes, start + half, size - half));
        } else {
            subproof(nodes, old - half, start + half, size - half, false, proof);
            proof.add(range(nodes, start, half));
        }
    }

    /** The hash over leaves from one that is a multiple of the largest power of two in them. */
    private static byte[] range(TreeNodes nodes, long start, long size) {
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.hash(level, start >> level);
        }
        long half = half(size);
        return MerkleFrontier.node(
                range(nodes, start, half), range(nodes, start + half, size - half));
    }

    /** The largest power of two below a size. */
    private static long half(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** Whether a leaf's proof leads to a root. */
    public static boolean isIncluded(
            byte[] leaf, long index, long size, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var walk = new TreeWalk(index, size - 1);
        var hash = leaf;
        for (var step : proof) {
            if (walk.isOver()) {
                return false;
            }
            hash =
                    walk.isRight()
                            ? MerkleFrontier.node(step, hash)
                            : MerkleFrontier.node(hash, step);
            walk.up();
        }
        return walk.isOver() && Arrays.equals(hash, root);
    }

    /** Whether a tree with one root begins with the tree that had another one. */
    public static boolean isConsistent(
            long old, byte[] oldRoot, long size, byte[] root, List<byte[]> proof) {
        if (old < 1 || old > size) {
            return false;
        }
        if (old == size) {
            return proof.isEmpty() && Arrays.equals(oldRoot, root);
        }
        var steps = new ArrayList<byte[]>(proof);
        if (Long.bitCount(old) == 1) {
            steps.addFirst(oldRoot);
        }
        return !steps.isEmpty() && climb(old, oldRoot, size, root, steps);
    }

    private static boolean climb(
            long old, byte[] oldRoot, long size, byte[] root, List<byte[]> steps) {
        var walk = new TreeWalk(old - 1, size - 1);
        walk.upFromRight();
        var before = steps.getFirst();
        var now = steps.getFirst();
        for (var step : steps.subList(1, steps.size())) {
            if (walk.isOver()) {
                return false;
            }
            if (walk.isRight()) {
                before = MerkleFrontier.node(step, before);
                now = MerkleFrontier.node(step, now);
            } else {
                now = MerkleFrontier.node(now, step);
            }
            walk.up();
        }
        return walk.isOver() && Arrays.equals(before, oldRoot) && Arrays.equals(now, root);
    }
}
