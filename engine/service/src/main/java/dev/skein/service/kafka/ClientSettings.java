// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** What clients of Kafka are told, beside how the cluster is reached. */
final class ClientSettings {
    private static final int PATIENCE_MILLIS = 15_000;

    /** Who asks for nothing for so long has lost its partitions, though it may still be alive. */
    private static final int SILENT_MILLIS = 30_000;

    /** Of what may wait, so much is waited for, and so long: five batches a second at most. */
    private static final int GATHERED_BYTES = 256 << 10;

    private static final int GATHERED_MILLIS = 200;

    private ClientSettings() {}

    static Map<String, Object> admin(Map<String, Object> kafka) {
        var admin = new HashMap<>(kafka);
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return admin;
    }

    /**
     * Of a consumer that shares its topics with others.
     *
     * @param name by which it takes its partitions up again after a restart; absent for none
     * @param most records of a batch
     */
    static Map<String, Object> member(
            Map<String, Object> kafka, String group, @Nullable String name, int most) {
        var consumer = consumer(kafka);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        if (name != null) {
            consumer.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
        }
        consumer.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        consumer.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, SILENT_MILLIS);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most);
        consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        return consumer;
    }

    /** Of a member whose records may wait for each other, so that a batch has some. */
    static Map<String, Object> gathering(Map<String, Object> member) {
        var gathering = new HashMap<>(member);
        gathering.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_BYTES);
        gathering.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, GATHERED_MILLIS);
        return gathering;
    }

    /** Of a consumer that reads all partitions by itself, and only what is committed. */
    static Map<String, Object> alone(Map<String, Object> kafka) {
        var consumer = consumer(kafka);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return consumer;
    }

    /** Positions are kept in the service's database, so Kafka is told none and asked for none. */
    private static Map<String, Object> consumer(Map<String, Object> kafka) {
        var consumer = new HashMap<>(kafka);
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3_000);
        return consumer;
    }
}
