// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where each partition was read to: the table {@code kafka_position}, moved in the transaction that
 * stores the effect.
 */
final class PositionStore {
    private static final System.Logger LOG = System.getLogger(PositionStore.class.getName());

    /** In which order all readers lock them, of topics and of partitions. */
    static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final String cluster;

    /**
     * @param cluster the id of the Kafka cluster
     */
    PositionStore(String cluster) {
        this.cluster = cluster;
    }

    /** Fails where no position could be moved: the server is away, or takes no writes. */
    static void requireWritable(Db.Tx tx) {
        tx.query("SELECT 1 FROM kafka_position LIMIT 1 FOR UPDATE SKIP LOCKED");
    }

    /**
     * Where to go on with a partition; notes what happened to it since it was read.
     *
     * @param judged where it was when the range was asked for, if that was before; the range says
     *     nothing of a position that another process moved since
     * @throws PositionTaken if one did
     */
    Placement placement(
            Db.Tx tx, TopicPartition p, Placement.OffsetRange there, @Nullable Position judged) {
        if (isNew(tx, p, there)) {
            var placement = Placement.first(isElsewhere(tx, p), there);
            note(tx, p, 0, placement, there);
            return placement;
        }
        var known = locked(tx, p);
        if (judged != null && !judged.equals(known)) {
            throw new PositionTaken(p, judged.next()); // the range may be older than it is
        }
        return moved(tx, p, known, there);
    }

    private Placement moved(
            Db.Tx tx, TopicPartition p, Position known, Placement.OffsetRange there) {
        var placement = Placement.of(known, there);
        tx.query(
                """
                UPDATE kafka_position SET next_offset = $4, topic_id = $5
                WHERE cluster = $1 AND topic = $2 AND part = $3
                """,
                cluster,
                p.topic(),
                p.partition(),
                placement.start(),
                there.topic());
        note(tx, p, known.next(), placement, there);
        return placement;
    }

    /** Where partitions of topics were read to. */
    Map<TopicPartition, Position> find(Db.Tx tx, Collection<String> topics) {
        var found = new HashMap<TopicPartition, Position>();
        tx.query(
                        """
                        SELECT topic, part, topic_id, next_offset FROM kafka_position
                        WHERE cluster = $1 AND topic = ANY ($2)
                        """,
                        cluster,
                        topics.toArray(String[]::new))
                .forEach(row ->
                        found.put(
                                new TopicPartition(row.getString(0), row.getInteger(1)),
                                new Position(row.getString(2), row.getLong(3))));
        return found;
    }

    /**
     * Moves positions from exactly where they are known to be.
     *
     * @throws PositionTaken if somebody else moved one
     */
    void move(Db.Tx tx, Map<TopicPartition, Long> known, Map<TopicPartition, Long> to) {
        var partitions = to.keySet().stream().sorted(ORDER).toList();
        var moved =
                tx.query(
                        """
                        WITH m AS (
                            SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[])
                                AS m(topic, part, known, next)
                        ), locked AS MATERIALIZED (
                            SELECT k.topic, k.part FROM kafka_position k JOIN m USING (topic, part)
                            WHERE k.cluster = $1
                            ORDER BY k.topic COLLATE "C", k.part FOR UPDATE OF k
                        )
                        UPDATE kafka_position k SET next_offset = m.next
                        FROM m JOIN locked USING (topic, part)
                        WHERE k.cluster = $1 AND k.topic = m.topic AND k.part = m.part
                          AND k.next_offset = m.known
                        """,
                        cluster,
                        partitions.stream().map(TopicPartition::topic).toArray(String[]::new),
                        partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new),
                        partitions.stream()
                                .map(p -> known.getOrDefault(p, 0L))
                                .toArray(Long[]::new),
                        partitions.stream().map(p -> to.getOrDefault(p, 0L)).toArray(Long[]::new));
        if (moved.rowCount() != partitions.size()) {
            var first = partitions.getFirst();
            throw new PositionTaken(first, known.getOrDefault(first, 0L));
        }
    }

    /**
     * Forgets where partitions were placed in clusters that were refused, and of which nothing was
     * read: should they come again, it is noted again.
     */
    void forgetRefused(Db.Tx tx, Collection<String> topics) {
        tx.query(
                """
                DELETE FROM kafka_position k USING topic_notice n
                WHERE n.kind = 'OTHER_CLUSTER' AND n.cluster = k.cluster AND n.topic = k.topic AND n.part = k.part
                  AND k.next_offset = n.begins AND k.cluster <> $1 AND k.topic = ANY ($2)
                """,
                cluster,
                topics.toArray(String[]::new));
    }

    private boolean isNew(Db.Tx tx, TopicPartition p, Placement.OffsetRange there) {
        return tx.query(
                                """
                                INSERT INTO kafka_position
                                    (cluster, topic, part, next_offset, topic_id)
                                VALUES ($1, $2, $3, $4, $5)
                                ON CONFLICT (cluster, topic, part) DO NOTHING
                                """,
                                cluster,
                                p.topic(),
                                p.partition(),
                                there.begins(),
                                there.topic())
                        .rowCount()
                == 1;
    }

    private Position locked(Db.Tx tx, TopicPartition p) {
        return tx.list(
                        """
                        SELECT topic_id, next_offset FROM kafka_position
                        WHERE cluster = $1 AND topic = $2 AND part = $3 FOR UPDATE
                        """,
                        row -> new Position(row.getString(0), row.getLong(1)),
                        cluster,
                        p.topic(),
                        p.partition())
                .getFirst();
    }

    private boolean isElsewhere(Db.Tx tx, TopicPartition p) {
        return tx.query(
                                """
                                SELECT 1 FROM kafka_position
                                WHERE cluster <> $1 AND topic = $2 AND part = $3 LIMIT 1
                                """,
                                cluster,
                                p.topic(),
                                p.partition())
                        .size()
                > 0;
    }

    private void note(
            Db.Tx tx,
            TopicPartition p,
            long next,
            Placement placement,
            Placement.OffsetRange there) {
        var notice = placement.notice();
        if (notice != null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "partition {0}: {1}; it was read to {2}, and begins at {3}",
                    p,
                    notice.words(),
                    String.valueOf(next),
                    String.valueOf(there.begins()));
            TopicNotices.add(tx, cluster, p, notice, next, there.begins());
        }
    }
}
