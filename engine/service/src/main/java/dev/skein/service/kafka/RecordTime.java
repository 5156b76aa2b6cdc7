// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * When something was said. What came while we listened was said now, by the database's own clock:
 * no other clock is asked. What was there before is as old as the broker says, and never newer than
 * now; it says nothing against what was said later. An agent's clock is never asked.
 *
 * @param at by the broker's clock; absent where its topic has none but the writers'
 * @param fresh whether we were listening
 */
public record RecordTime(@Nullable Instant at, boolean fresh) {
    /** That of a record. */
    public static RecordTime of(ConsumerRecord<String, byte[]> record, boolean fresh) {
        var broker = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return new RecordTime(broker ? Instant.ofEpochMilli(record.timestamp()) : null, fresh);
    }

    /** What a column holds of it. */
    public @Nullable OffsetDateTime column() {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
