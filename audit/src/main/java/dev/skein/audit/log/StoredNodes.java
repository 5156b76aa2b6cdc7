// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.proof.MerkleFrontier;
import dev.skein.engine.proof.TreeNodes;
import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree's nodes, read from full tiles, and at its right edge from the entries. Keeps what it has
 * read: one use within one transaction.
 */
public final class StoredNodes implements TreeNodes {
    /** Levels of the tree in one level of tiles. */
    static final int HEIGHT = 8;

    /** Hashes in a tile. */
    static final int WIDTH = 1 << HEIGHT;

    static final int HASH = 32;

    private final Db.Tx tx;
    private final Map<List<Long>, List<byte[]>> tiles = new HashMap<>();

    public StoredNodes(Db.Tx tx) {
        this.tx = tx;
    }

    @Override
    public byte[] hash(int level, long index) {
        int within = level % HEIGHT;
        long first = index << within;
        var tile = tile(level / HEIGHT, first / WIDTH);
        int from = (int) (first % WIDTH);
        return root(tile.subList(from, from + (1 << within)));
    }

    /** The root over so many hashes, a power of two. */
    static byte[] root(List<byte[]> hashes) {
        var row = hashes;
        while (row.size() > 1) {
            var above = new ArrayList<byte[]>();
            for (int i = 0; i < row.size(); i += 2) {
                above.add(MerkleFrontier.node(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return row.getFirst();
    }

    private List<byte[]> tile(int level, long number) {
        return tiles.computeIfAbsent(List.of((long) level, number), key -> read(level, number));
    }

    private List<byte[]> read(int level, long number) {
        var found =
                tx.list(
                        "SELECT hashes FROM tile WHERE level = $1 AND index = $2",
                        row -> row.getBuffer(0),
                        level,
                        number);
        return found.isEmpty() ? edge(tx, level, number) : cut(found.getFirst());
    }

    /** What is there of a tile that is not full yet. */
    static List<byte[]> edge(Db.Tx tx, int level, long number) {
        long first = number * WIDTH;
        return level == 0
                ? leaves(tx, first, first + WIDTH)
                : tx.list(
                        """
                        SELECT root FROM tile WHERE index >= $1 AND index < $2 AND level = $3 ORDER BY index
                        """,
                        row -> row.getBuffer(0).getBytes(),
                        first,
                        first + WIDTH,
                        level - 1);
    }

    /** The leaves of entries. */
    static List<byte[]> leaves(Db.Tx tx, long first, long below) {
        return tx.list(
                "SELECT leaf FROM entry WHERE index >= $1 AND index < $2 ORDER BY index",
                row -> row.getBuffer(0).getBytes(),
                first,
                below);
    }

    private static List<byte[]> cut(Buffer hashes) {
        var bytes = hashes.getBytes();
        var list = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; at += HASH) {
            list.add(Arrays.copyOfRange(bytes, at, at + HASH));
        }
        return list;
    }
}
