// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.SkeinException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A time as people write it: an instant, or a day in UTC. */
public final class WrittenTime {
    private WrittenTime() {}

    /**
     * Reads one; nothing where nothing is written.
     *
     * @throws SkeinException if it is no time
     */
    public static @Nullable OffsetDateTime parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var whole = text.length() == 10 ? text + "T00:00:00Z" : text;
            return Instant.parse(whole).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw SkeinException.usage(
                    "Time '" + text + "'",
                    "it is no time",
                    "Write 2026-11-23 or 2026-11-23T04:05:06Z");
        }
    }
}
