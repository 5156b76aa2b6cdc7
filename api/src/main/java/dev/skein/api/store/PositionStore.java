// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;

/** Where each partition was read to, written in the transaction that stores the effect. */
@ApplicationScoped
public class PositionStore {

    /** The next offset to read; 0 for a partition never read. */
    public long read(Db.Tx tx, String cluster, String topic, int partition) {
        var rows =
                tx.query(
                        "SELECT next_offset FROM kafka_position WHERE cluster = $1 AND topic = $2"
                                + " AND part = $3",
                        cluster,
                        topic,
                        partition);
        return rows.size() == 0 ? 0 : rows.iterator().next().getLong(0);
    }

    /**
     * Moves a position.
     *
     * @throws SkeinException if somebody else moved it meanwhile: the batch must not count twice
     */
    public void move(Db.Tx tx, String cluster, String topic, int partition, long from, long to) {
        var moved =
                tx.query(
                        "INSERT INTO kafka_position AS k VALUES ($1, $2, $3, $5) ON CONFLICT"
                                + " (cluster, topic, part) DO UPDATE SET next_offset = $5 WHERE"
                                + " k.next_offset <= $4 AND k.next_offset < $5",
                        cluster,
                        topic,
                        partition,
                        from,
                        to);
        if (moved.rowCount() != 1) {
            throw SkeinException.failed(
                    "Topic %s-%d".formatted(topic, partition),
                    "another reader has read past offset " + from,
                    "");
        }
    }
}
