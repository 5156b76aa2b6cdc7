// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.service.database.Db;
import io.vertx.core.buffer.Buffer;

/** Writes down the tiles that a batch has filled, so that proofs need few reads at any size. */
final class TileWriter {
    private TileWriter() {}

    /**
     * @param before size of the tree before the batch
     * @param now its size; the entries are inserted
     */
    static void fill(Db.Tx tx, long before, long now) {
        long from = before / StoredNodes.WIDTH;
        long to = now / StoredNodes.WIDTH;
        for (int level = 0; from < to; level++) {
            for (long number = from; number < to; number++) {
                write(tx, level, number);
            }
            from /= StoredNodes.WIDTH;
            to /= StoredNodes.WIDTH;
        }
    }

    private static void write(Db.Tx tx, int level, long number) {
        var hashes = StoredNodes.edge(tx, level, number);
        if (hashes.size() != StoredNodes.WIDTH) {
            throw new IllegalStateException(
                    "tile %d/%d has %d hashes".formatted(level, number, hashes.size()));
        }
        var all = Buffer.buffer();
        hashes.forEach(all::appendBytes);
        tx.query(
                "INSERT INTO tile(level, index, hashes, root) VALUES ($1, $2, $3, $4)",
                level,
                number,
                all,
                Buffer.buffer(StoredNodes.root(hashes)));
    }
}
