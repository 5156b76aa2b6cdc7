// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

/** The way from a leaf up to the root of a tree, by the places of nodes in their levels. */
final class TreeWalk {
    private long node;
    private long last;

    /**
     * @param node where it begins
     * @param last the last node of the same level
     */
    TreeWalk(long node, long last) {
        this.node = node;
        this.last = last;
    }

    /** Whether it has come to the root. */
    boolean isOver() {
        return last == 0;
    }

    /** Whether what the node is joined with stands left of it. */
    boolean isRight() {
        return (node & 1) == 1 || node == last;
    }

    /** Goes up past the node that it was joined to; levels where it stands alone join nothing. */
    void up() {
        if (isRight()) {
            while ((node & 1) == 0 && node != 0) {
                climb();
            }
        }
        climb();
    }

    /** Goes up as long as it stands right. */
    void upFromRight() {
        while ((node & 1) == 1) {
            climb();
        }
    }

    private void climb() {
        node >>= 1;
        last >>= 1;
    }
}
