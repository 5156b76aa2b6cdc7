// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.kafka.BrokerTime;
import dev.skein.engine.event.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the clocks of machines say, a request is as old as the brokers say. */
@Tag("quick")
class PendingRequestTest {
    private static final Instant TAKEN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Duration LITTLE = Duration.ofSeconds(30);

    private long nanos;
    private final BrokerTime brokers = new BrokerTime(() -> nanos);

    private Duration left(TimestampType type, Instant notAfter) {
        var ask = new Request.Estimate(List.of(), "");
        var record =
                new ConsumerRecord<>(
                        "requests",
                        0,
                        0,
                        TAKEN.toEpochMilli(),
                        type,
                        -1,
                        -1,
                        "k",
                        new byte[0],
                        new RecordHeaders(),
                        Optional.<Integer>empty());
        return PendingRequest.of(record, new Request("1", "0".repeat(32), notAfter, ask), brokers)
                .left();
    }

    @Test
    void itIsAsOldAsTheBrokersSay() {
        brokers.heard(TAKEN.plusSeconds(60));
        nanos += Duration.ofMinutes(3).toNanos();
        for (var said : List.of(Instant.EPOCH, TAKEN, Instant.MAX)) {
            assertThat(left(TimestampType.LOG_APPEND_TIME, said))
                    .isBetween(Duration.ofMinutes(6).minus(LITTLE), Duration.ofMinutes(6));
        }
        nanos += Duration.ofMinutes(7).toNanos();
        assertThat(left(TimestampType.LOG_APPEND_TIME, Instant.MAX)).isNegative();
    }

    @Test
    void whatNobodyKnowsTheAgeOfIsTakenForNew() {
        var whole = Request.LONGEST;
        assertThat(left(TimestampType.LOG_APPEND_TIME, TAKEN))
                .isBetween(whole.minus(LITTLE), whole);
        brokers.heard(TAKEN.plus(Duration.ofDays(1)));
        assertThat(left(TimestampType.CREATE_TIME, TAKEN)).isBetween(whole.minus(LITTLE), whole);
        brokers.heard(TAKEN.minusSeconds(60)); // another broker's clock
        assertThat(left(TimestampType.LOG_APPEND_TIME, TAKEN))
                .isBetween(whole.minus(LITTLE), whole);
    }
}
