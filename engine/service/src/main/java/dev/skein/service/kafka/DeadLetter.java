// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be taken.
 *
 * @param offset where it was found last
 * @param producedAt by the broker or the producer, in milliseconds since 1970; any number
 * @param bytes the size of its value
 * @param reason why it was not taken, in words
 * @param times how often the same bytes came or were tried again
 * @param state {@code waiting}, {@code replayed} or {@code dropped}
 * @param settledBy who replayed or dropped it
 */
public record DeadLetter(
        long id,
        String topic,
        int partition,
        long offset,
        String key,
        long producedAt,
        int bytes,
        String reason,
        long times,
        OffsetDateTime firstAt,
        OffsetDateTime lastAt,
        String state,
        @Nullable String settledBy) {}
