// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.PositionStore;
import dev.skein.engine.Loop;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Starts and stops the readers: outcomes in one, what exists in another. */
@ApplicationScoped
public class Feeds {
    private final Map<String, Object> kafka;
    private final Db db;
    private final PositionStore positions;
    private final Ingest ingest;
    private final String instance;
    private final List<Feed> running = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public Feeds(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Db db,
            PositionStore positions,
            Ingest ingest,
            ApiConfig config) {
        this.kafka = kafka;
        this.db = db;
        this.positions = positions;
        this.ingest = ingest;
        this.instance = config.instance();
    }

    /** Starts reading; gives the loops that do. */
    public List<Loop> start(String cluster) {
        start("skein-api-journal", List.of(Topics.JOURNAL), cluster);
        start("skein-api-fleet", List.of(Topics.INVENTORY, Topics.AGENTS, Topics.REPLIES), cluster);
        return running.stream().map(Feed::loop).toList();
    }

    /** How many records wait in Kafka. */
    public long lag() {
        return running.stream().mapToLong(Feed::lag).sum();
    }

    private void start(String group, Collection<String> topics, String cluster) {
        var feed = new Feed(consumer(group), topics, db, positions, cluster, ingest::store);
        running.add(feed);
        threads.add(Thread.ofPlatform().name(group).start(feed));
    }

    /** Stops reading and waits for the last transaction. */
    public void stop() throws InterruptedException {
        running.forEach(Feed::stop);
        for (var thread : threads) {
            thread.join();
        }
    }

    private KafkaConsumer<String, byte[]> consumer(String group) {
        var settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // A restart within the session's time takes its partitions up again without a rebalance.
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 200);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
