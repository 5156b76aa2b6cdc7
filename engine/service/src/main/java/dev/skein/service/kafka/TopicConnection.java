// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** A reader's consumer, with what it has to ask the cluster. */
public final class TopicConnection {
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration QUICK_ANSWER_TIMEOUT = Duration.ofSeconds(2);

    private final Settings settings;
    private final Admin admin;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Positions positions;
    private final Map<String, String> placed = new HashMap<>();

    private TopicConnection(Settings settings, Admin admin, String cluster) {
        this.settings = settings;
        this.admin = admin;
        this.consumer =
                new KafkaConsumer<>(
                        settings.consumer(), new StringDeserializer(), new ByteArrayDeserializer());
        this.positions = new Positions(cluster);
    }

    /** What a reader reads, and as whom. */
    public static final class Settings {
        private final Map<String, Object> kafka;
        private final String group;
        private final List<String> topics;
        private final int most;
        private @Nullable String instance;
        private boolean gathers;
        private int ahead = 1;
        private boolean staysHome;

        /**
         * @param kafka how the cluster is reached
         * @param instance a name of this process that a restart keeps: it takes its partitions up
         *     again without a rebalance; absent for none
         * @param most records of a batch
         */
        public Settings(
                Map<String, Object> kafka,
                String group,
                @Nullable String instance,
                List<String> topics,
                int most) {
            this.kafka = Map.copyOf(kafka);
            this.group = group;
            this.instance = instance;
            this.topics = List.copyOf(topics);
            this.most = most;
        }

        /**
         * Has records wait for each other for a moment: where many come one by one, each would have
         * a transaction of its own.
         */
        public Settings gathering() {
            gathers = true;
            return this;
        }

        /**
         * Has up to so many batches read that wait to be stored: what cannot wait is found in all
         * of them.
         */
        public Settings ahead(int batches) {
            ahead = batches;
            return this;
        }

        int ahead() {
            return ahead;
        }

        /**
         * Has nothing read of a topic that was read in another cluster before, until somebody has
         * taken note of that: what comes from there could not be taken back.
         */
        public Settings stayingHome() {
            staysHome = true;
            return this;
        }

        String group() {
            return group;
        }

        List<String> topics() {
            return topics;
        }

        /** Goes on without a name; gives what to say of that. */
        SkeinException forgetInstance(FencedInstanceIdException cause) {
            var name = instance;
            instance = null;
            return new SkeinException(
                    ErrorCode.FAILED,
                    "Instance " + name,
                    "another process reads by this name, too; this one goes on without a name",
                    "Give each process a name of its own (skein.api.instance,"
                            + " skein.audit.instance), or none",
                    cause);
        }

        private Map<String, Object> consumer() {
            var name = instance == null ? null : group + "-" + instance;
            var member = ClientSettings.member(kafka, group, name, most);
            return gathers ? ClientSettings.gathering(member) : member;
        }
    }

    /**
     * Connects.
     *
     * @throws SkeinException if the cluster cannot be reached
     */
    static TopicConnection open(Settings settings) {
        var admin = Admin.create(ClientSettings.admin(settings.kafka));
        try {
            return new TopicConnection(
                    settings, admin, await(settings, admin.describeCluster().clusterId()));
        } catch (RuntimeException e) {
            admin.close(CLOSE);
            throw e;
        }
    }

    KafkaConsumer<String, byte[]> consumer() {
        return consumer;
    }

    Positions positions() {
        return positions;
    }

    void close() {
        close(CloseOptions.timeout(CLOSE));
    }

    /** The same, and others get the partitions at once, even if this process has a name. */
    void leave() {
        close(
                CloseOptions.timeout(CLOSE)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }

    private void close(CloseOptions how) {
        try {
            consumer.close(how);
        } finally {
            admin.close(CLOSE);
        }
    }

    /**
     * How many records are to be read.
     *
     * @param unknown what counts for a partition of which that is not known yet
     */
    long behind(long unknown) {
        return consumer.assignment().stream()
                .mapToLong(p -> consumer.currentLag(p).orElse(unknown))
                .sum();
    }

    /** Where the topics end now; nothing where nobody says it soon. */
    Optional<Map<TopicPartition, Long>> ends() {
        try {
            return Optional.of(consumer.endOffsets(consumer.assignment(), QUICK_ANSWER_TIMEOUT));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether topics and positions are those that were placed, and moved by this reader alone; of
     * topics only where somebody says it soon.
     */
    boolean isAsPlaced(Db db) {
        if (!db.call(positions::areAsLeft)) {
            return false;
        }
        var soon = new DescribeTopicsOptions().timeoutMs((int) QUICK_ANSWER_TIMEOUT.toMillis());
        try {
            return admin
                    .describeTopics(placed.keySet(), soon)
                    .allTopicNames()
                    .get()
                    .entrySet()
                    .stream()
                    .allMatch(
                            e -> e.getValue().topicId().toString().equals(placed.get(e.getKey())));
        } catch (ExecutionException e) {
            return true; // reading tells what is wrong
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Seeks to where each partition was read to, and lets it be read.
     *
     * @throws SkeinException where nobody has taken note yet that it is another cluster's, and the
     *     reader stays with the one that it read
     */
    void place(Db db) {
        var there = ranges();
        placed.clear();
        there.forEach((p, range) -> placed.put(p.topic(), range.topic()));
        var starts = new HashMap<TopicPartition, Long>();
        db.run(tx -> there.forEach((p, range) -> starts.put(p, positions.place(tx, p, range))));
        if (settings.staysHome) {
            refuseElsewhere(db);
        }
        positions.forget();
        positions.left(starts);
        there.forEach((p, range) -> positions.ended(p, range.ends()));
        starts.forEach(consumer::seek);
        consumer.resume(starts.keySet());
    }

    private void refuseElsewhere(Db db) {
        var topics = db.call(tx -> positions.refused(tx, settings.topics()));
        if (!topics.isEmpty()) {
            throw SkeinException.failed(
                    "Topic " + String.join(", ", topics),
                    TopicNotice.OTHER_CLUSTER.words() + "; nothing is read of it",
                    TopicNotice.OTHER_CLUSTER.remedy());
        }
    }

    /** Of each partition, in an order that all readers lock them in. */
    private SequencedMap<TopicPartition, Placement.OffsetRange> ranges() {
        var partitions = consumer.assignment().stream().sorted(PositionStore.ORDER).toList();
        var begins = consumer.beginningOffsets(partitions);
        var ends = consumer.endOffsets(partitions);
        var names = partitions.stream().map(TopicPartition::topic).distinct().toList();
        var topics = await(settings, admin.describeTopics(names).allTopicNames());
        var ranges = new LinkedHashMap<TopicPartition, Placement.OffsetRange>();
        for (var p : partitions) {
            var topic = topics.get(p.topic());
            var from = begins.get(p);
            var to = ends.get(p);
            if (topic == null || from == null || to == null) {
                throw SkeinException.failed(
                        "Partition " + p, "Kafka does not say what is in it", "");
            }
            ranges.put(p, new Placement.OffsetRange(topic.topicId().toString(), from, to));
        }
        return ranges;
    }

    private static <T> T await(Settings settings, KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Kafka at " + settings.kafka.get("bootstrap.servers"),
                    "it cannot be used (" + e.getCause() + ")",
                    "Is it up, and is kafka.bootstrap.servers right?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SkeinException(ErrorCode.INTERRUPTED, "Kafka", "interrupted", "", e);
        }
    }
}
