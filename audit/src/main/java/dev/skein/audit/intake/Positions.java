// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import org.apache.kafka.common.TopicPartition;

/** Where each partition was read to, moved in the transaction that appends. */
record Positions(String cluster) {
    long read(Db.Tx tx, TopicPartition p) {
        var rows =
                tx.query(
                        "SELECT next_offset FROM kafka_position WHERE cluster = $1 AND topic = $2"
                                + " AND part = $3",
                        cluster,
                        p.topic(),
                        p.partition());
        return rows.size() == 0 ? 0 : rows.iterator().next().getLong(0);
    }

    /** Moves a position by compare-and-set: a batch that somebody else appended must not count. */
    void move(Db.Tx tx, TopicPartition p, long from, long to) {
        var moved =
                tx.query(
                        "INSERT INTO kafka_position AS k VALUES ($1, $2, $3, $5) ON CONFLICT"
                                + " (cluster, topic, part) DO UPDATE SET next_offset = $5 WHERE"
                                + " k.next_offset <= $4 AND k.next_offset < $5",
                        cluster,
                        p.topic(),
                        p.partition(),
                        from,
                        to);
        if (moved.rowCount() != 1) {
            throw SkeinException.failed(
                    "Partition " + p, "another reader has read past offset " + from, "");
        }
    }
}
