// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What time it is for the brokers, by what they answered last, counted on from there. This
 * machine's own clock, which may be hours off, is not asked.
 */
public final class BrokerTime {
    private final LongSupplier nanos;
    private volatile @Nullable Heard last;

    private record Heard(Instant said, long at) {}

    /**
     * @param nanos as {@link System#nanoTime}
     */
    public BrokerTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A broker has just said what time it is. */
    public void heard(Instant said) {
        last = new Heard(said, nanos.getAsLong());
    }

    /**
     * How long ago a record was written; none is known where its topic has its writers' time, or no
     * broker has answered yet.
     */
    public Duration age(ConsumerRecord<String, byte[]> record) {
        if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
            return Duration.ZERO;
        }
        return now().map(now -> Duration.between(Instant.ofEpochMilli(record.timestamp()), now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** What it would say now; empty before it has said anything. */
    public Optional<Instant> now() {
        return Optional.ofNullable(last)
                .map(heard -> heard.said().plus(Duration.ofNanos(nanos.getAsLong() - heard.at())));
    }
}
