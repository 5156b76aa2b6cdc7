// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An agent's place in a consumer group: under its own name, so that a restart moves nothing, and
 * without one when another process took that name, so that both work. One thread uses it, others
 * only wake it up.
 */
public final class GroupMember {
    private static final int SESSION_MS = 10_000;
    private static final int HEARTBEAT_MS = 2_000;

    private final AgentKafka wire;
    private final Map<String, Object> settings;
    private final Consumer<KafkaConsumer<String, byte[]>> subscribe;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    /**
     * @param more further settings of the consumer
     * @param subscribe says what a new consumer reads
     */
    public GroupMember(
            AgentKafka wire,
            String group,
            String name,
            Map<String, Object> more,
            Consumer<KafkaConsumer<String, byte[]>> subscribe) {
        this.wire = wire;
        this.subscribe = subscribe;
        this.settings = new HashMap<>(more);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    }

    /** The consumer, made and subscribed at its first use. */
    public KafkaConsumer<String, byte[]> consumer() {
        var known = consumer;
        if (known == null) {
            known = wire.consumer(settings);
            subscribe.accept(known);
            consumer = known;
        }
        return known;
    }

    /** Another process has the name: what comes next is read without one. */
    public void fenced() {
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        close(CloseOptions.timeout(Duration.ZERO));
    }

    /** Ends a poll from another thread. */
    public void wakeup() {
        var known = consumer;
        if (known != null) {
            known.wakeup();
        }
    }

    /** Lets go of the consumer. */
    public void close(CloseOptions how) {
        var known = consumer;
        consumer = null;
        if (known != null) {
            known.close(how);
        }
    }
}
