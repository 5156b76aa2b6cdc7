// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What happened to topics, until somebody has taken note of it: {@code topic_notice}. */
public final class TopicNotices {
    private TopicNotices() {}

    /**
     * What happened to one topic in one manner.
     *
     * @param found what, in words
     * @param remedy what to do
     * @param partitions in how many of its partitions
     * @param records how many were removed unread; 0 where nobody can tell
     * @param at when it was noticed last
     */
    public record Notice(
            String topic,
            TopicNotice kind,
            String found,
            String remedy,
            long partitions,
            long records,
            Instant at) {}

    /** Notes what happened to a partition that was read to one place, and begins at another. */
    static void add(
            Db.Tx tx, String cluster, TopicPartition p, TopicNotice kind, long next, long begins) {
        tx.query(
                """
                INSERT INTO topic_notice (cluster, topic, part, kind, next_offset, begins)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                cluster,
                p.topic(),
                p.partition(),
                kind.name(),
                next,
                begins);
    }

    /** Those of which nobody has taken note, the newest first. */
    public static List<Notice> open(Db.Tx tx) {
        return tx.list(
                """
                SELECT topic, kind, count(DISTINCT part),
                    coalesce(sum(begins - next_offset) FILTER (WHERE kind = 'EXPIRED'), 0)::bigint, max(at)
                FROM topic_notice WHERE settled_at IS NULL GROUP BY topic, kind ORDER BY max(at) DESC, topic, kind
                """,
                row -> {
                    var kind = TopicNotice.valueOf(row.getString(1));
                    return new Notice(
                            row.getString(0),
                            kind,
                            kind.words(),
                            kind.remedy(),
                            row.getLong(2),
                            row.getLong(3),
                            row.getOffsetDateTime(4).toInstant());
                });
    }

    /** Topics of a cluster that were read in another one before, and nobody has taken note. */
    static List<String> elsewhere(Db.Tx tx, String cluster, List<String> topics) {
        return tx.list(
                """
                SELECT DISTINCT topic FROM topic_notice
                WHERE settled_at IS NULL AND kind = 'OTHER_CLUSTER' AND cluster = $2 AND topic = ANY ($1)
                ORDER BY topic
                """,
                row -> row.getString(0),
                topics.toArray(String[]::new),
                cluster);
    }

    /** A topic by its name, as somebody sends it. */
    public record Named(@Nullable String topic) {
        /**
         * The name.
         *
         * @throws SkeinException if there is none
         */
        private static String of(@Nullable Named named) {
            var topic = named == null ? null : named.topic();
            if (topic == null || topic.isBlank()) {
                throw SkeinException.usage("Topic", "none is named", "Send its name");
            }
            return topic;
        }
    }

    /** How many there are. */
    public static long count(Db.Tx tx) {
        return open(tx).size();
    }

    /**
     * Takes note of all that happened to a topic.
     *
     * @throws SkeinException if none is named, or there is nothing
     */
    public static void acknowledge(Db db, @Nullable Named named, String actor) {
        var topic = Named.of(named);
        db.run(tx -> acknowledge(tx, topic, actor));
    }

    private static void acknowledge(Db.Tx tx, String topic, String actor) {
        var settled =
                tx.query(
                        """
                        UPDATE topic_notice
                        SET settled_by = $2, settled_at = now()
                        WHERE topic = $1 AND settled_at IS NULL
                        """,
                        topic,
                        actor);
        if (settled.rowCount() == 0) {
            throw SkeinException.usage(
                    "Topic " + topic,
                    "nothing happened to it that nobody has taken note of",
                    "See: skein control notices");
        }
    }
}
