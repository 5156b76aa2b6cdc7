// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.kafka.BrokerTime;
import dev.skein.engine.event.Request;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * A request, and until when somebody waits for the answer, by {@link System#nanoTime}. How long ago
 * it was asked is told by the brokers' clock alone: that of whoever asked, and this machine's, may
 * be hours off.
 */
record PendingRequest(Request request, long deadline) {
    static PendingRequest within(Request request, Duration left) {
        return new PendingRequest(request, System.nanoTime() + left.toNanos());
    }

    /** As it was read. */
    static PendingRequest of(
            ConsumerRecord<String, byte[]> record, Request request, BrokerTime brokers) {
        return within(request, Request.LONGEST.minus(age(record, brokers)));
    }

    /** None is known where the topic has its writers' time, or no broker has answered yet. */
    private static Duration age(ConsumerRecord<String, byte[]> record, BrokerTime brokers) {
        if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
            return Duration.ZERO;
        }
        return brokers.now()
                .map(now -> Duration.between(Instant.ofEpochMilli(record.timestamp()), now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** How long somebody still waits; not positive once nobody does. */
    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }
}
