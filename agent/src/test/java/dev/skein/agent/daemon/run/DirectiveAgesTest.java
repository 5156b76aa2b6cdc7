// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.daemon.kafka.BrokerTime;
import dev.skein.engine.event.Directive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was sent long ago does not begin any more, whatever this machine's clock shows. */
@Tag("quick")
class DirectiveAgesTest {
    private static final String UID = "0".repeat(32);
    private static final Instant SENT = Instant.parse("2031-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(-7);
    private final BrokerTime brokers = new BrokerTime(nanos::get);
    private final DirectiveAges ages = new DirectiveAges(nanos::get);

    private static Directive directive(long generation) {
        return new Directive(
                UID,
                generation,
                Directive.Action.MIGRATE,
                "r",
                "sha256:1",
                "head",
                "ann",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static ConsumerRecord<String, byte[]> record(TimestampType type) {
        return new ConsumerRecord<>(
                "skein.directives.eu",
                0,
                1,
                SENT.toEpochMilli(),
                type,
                0,
                0,
                UID,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private boolean isLate(Duration after, TimestampType type) {
        brokers.heard(SENT.plus(after));
        ages.read(directive(1), brokers.age(record(type)));
        return ages.isLate(directive(1));
    }

    @Test
    void aDirectiveBeginsWithinADayOfTheBrokers() {
        assertThat(isLate(Duration.ofSeconds(1), TimestampType.LOG_APPEND_TIME)).isFalse();
        assertThat(isLate(Duration.ofHours(23), TimestampType.LOG_APPEND_TIME)).isFalse();
        assertThat(isLate(Duration.ofHours(24), TimestampType.LOG_APPEND_TIME)).isTrue();
        assertThat(isLate(Duration.ofDays(90), TimestampType.LOG_APPEND_TIME)).isTrue();
    }

    @Test
    void itMayNotWaitLongerHereEither() {
        assertThat(isLate(Duration.ofHours(23), TimestampType.LOG_APPEND_TIME)).isFalse();
        nanos.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(ages.isLate(directive(1))).isTrue();
        ages.read(directive(2), Duration.ZERO);
        assertThat(ages.isLate(directive(2))).as("it was resumed").isFalse();
        ages.closed(UID);
        assertThat(ages.isLate(directive(2))).isFalse();
    }

    @Test
    void whereNobodyKnowsItItIsNotLate() {
        assertThat(isLate(Duration.ofDays(90), TimestampType.CREATE_TIME)).isFalse();
        assertThat(ages.isLate(directive(3))).isFalse();
        var silent = new BrokerTime(nanos::get);
        assertThat(silent.age(record(TimestampType.LOG_APPEND_TIME))).isZero();
    }

    @Test
    void whoAskedIsTold() {
        var ending = DirectiveAges.late(directive(1));
        assertThat(ending.isSettled()).isTrue();
        assertThat(ending.inWords()).startsWith("REFUSED it was sent more than 24 hours ago");
    }
}
