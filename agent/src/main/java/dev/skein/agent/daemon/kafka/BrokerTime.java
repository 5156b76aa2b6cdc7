// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
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

    /** What it would say now; empty before it has said anything. */
    public Optional<Instant> now() {
        return Optional.ofNullable(last)
                .map(heard -> heard.said().plus(Duration.ofNanos(nanos.getAsLong() - heard.at())));
    }
}
