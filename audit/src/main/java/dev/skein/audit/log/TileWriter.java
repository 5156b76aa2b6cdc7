// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down the tiles that a batch has filled, so that proofs need few reads at any size. */
final class TileWriter {
    private TileWriter() {}

    /**
     * Writes what the leaves of a batch have filled.
     *
     * @param before size of the tree before the batch, whose entries need not be inserted yet
     * @param leaves of the batch
     */
    static void fill(Db.Tx tx, long before, List<byte[]> leaves) {
        long from = before / StoredNodes.WIDTH;
        long to = (before + leaves.size()) / StoredNodes.WIDTH;
        if (from == to) {
            return;
        }
        var hashes = new ArrayList<>(StoredNodes.leaves(tx, from * StoredNodes.WIDTH, before));
        require(hashes.size() == before % StoredNodes.WIDTH, 0, from, hashes.size());
        hashes.addAll(leaves);
        var tiles = new ArrayList<List<byte[]>>();
        for (int at = 0; tiles.size() < to - from; at += StoredNodes.WIDTH) {
            tiles.add(hashes.subList(at, at + StoredNodes.WIDTH));
        }
        write(tx, from, tiles);
        fillAbove(tx, from / StoredNodes.WIDTH, to / StoredNodes.WIDTH, 1);
    }

    private static void write(Db.Tx tx, long first, List<List<byte[]>> tiles) {
        tx.query(
                """
                INSERT INTO tile(level, index, hashes, root)
                SELECT 0, $1 + n - 1, hashes, root
                FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS t(hashes, root, n)
                """,
                first,
                tiles.stream().map(TileWriter::joined).toArray(Buffer[]::new),
                tiles.stream()
                        .map(tile -> Buffer.buffer(StoredNodes.root(tile)))
                        .toArray(Buffer[]::new));
    }

    /** A tile without some of its hashes would be another one. */
    private static void require(boolean whole, int level, long number, int hashes) {
        if (!whole) {
            throw new IllegalStateException(
                    "tile %d/%d has %d hashes".formatted(level, number, hashes));
        }
    }

    private static Buffer joined(List<byte[]> hashes) {
        var all = Buffer.buffer(hashes.size() * StoredNodes.HASH);
        hashes.forEach(all::appendBytes);
        return all;
    }

    /** Writes what entries fill that were appended before there were tiles. */
    static void fill(Db.Tx tx, long size) {
        fillAbove(tx, 0, size / StoredNodes.WIDTH, 0);
    }

    /** Writes tiles of a level, all below which is there, and of those above it. */
    private static void fillAbove(Db.Tx tx, long first, long below, int lowest) {
        long from = first;
        long to = below;
        for (int level = lowest; from < to; level++) {
            for (long number = from; number < to; number++) {
                write(tx, level, number);
            }
            from /= StoredNodes.WIDTH;
            to /= StoredNodes.WIDTH;
        }
    }

    private static void write(Db.Tx tx, int level, long number) {
        var hashes = StoredNodes.edge(tx, level, number);
        require(hashes.size() == StoredNodes.WIDTH, level, number, hashes.size());
        tx.query(
                "INSERT INTO tile(level, index, hashes, root) VALUES ($1, $2, $3, $4)",
                level,
                number,
                joined(hashes),
                Buffer.buffer(StoredNodes.root(hashes)));
    }
}
