// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Up to which moment everything that was in the topics is stored, and since when there was no gap.
 * The topics' ends are asked for, again and again: who hears nothing may have lost the broker.
 */
final class Watermark {
    /** So often the ends are asked for. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** What is stored later than that has come late. */
    static final Duration GAP = Duration.ofSeconds(15);

    private final LongSupplier nanos;
    private final long began;
    private @Nullable Mark asked;
    private boolean read;
    private boolean known;
    private @Nullable Span stored;

    /**
     * @param nanos a clock that nobody sets
     */
    Watermark(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    private record Mark(long at, Map<TopicPartition, Long> ends) {}

    private record Span(long from, long to) {}

    /** Whether the ends are to be asked for now. */
    synchronized boolean isDue() {
        var last = stored;
        return asked == null
                && (!known || last == null || nanos.getAsLong() - last.to() >= EVERY.toNanos());
    }

    /** These were the ends at a moment. */
    synchronized void ends(long at, Map<TopicPartition, Long> ends) {
        asked = new Mark(at, Map.copyOf(ends));
        read = false;
    }

    /** Up to here was read; what was read may not be stored yet. */
    synchronized void read(ToLongFunction<TopicPartition> position) {
        var mark = asked;
        read =
                mark != null
                        && mark.ends().entrySet().stream()
                                .allMatch(e -> position.applyAsLong(e.getKey()) >= e.getValue());
    }

    /** What {@link #read} told of is stored. */
    synchronized void stored() {
        var mark = asked;
        if (mark == null || !read) {
            return;
        }
        var last = stored;
        boolean goesOn = last != null && mark.at() - last.to() < GAP.toNanos();
        stored = new Span(goesOn && last != null ? last.from() : mark.at(), mark.at());
        known = true;
        asked = null;
        read = false;
    }

    /**
     * The partitions changed, or what was read was not stored: the ends are asked for again, and
     * until all before them is stored nobody knows what there is that was not heard yet.
     */
    synchronized void lost() {
        known = false;
        asked = null;
        read = false;
    }

    /** How long ago everything was stored that was in the topics then, as far as is known. */
    synchronized Duration age() {
        var span = stored;
        return Duration.ofNanos(nanos.getAsLong() - (span == null ? began : span.to()));
    }

    /** For how long there was no gap, by now; nothing while there is one, or it is not known. */
    synchronized Duration uninterrupted() {
        var span = stored;
        long now = nanos.getAsLong();
        return !known || span == null || now - span.to() >= GAP.toNanos()
                ? Duration.ZERO
                : Duration.ofNanos(now - span.from());
    }
}
