// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.kafka.BrokerTime;
import dev.skein.engine.event.Request;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        return within(request, Request.LONGEST.minus(brokers.age(record)));
    }

    /** How long somebody still waits; not positive once nobody does. */
    Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }
}
