// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.kafka;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Heartbeat;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records that this agent cannot take, whatever they hold: told in the log with the reason, counted
 * as {@code skein.records.refused}, and passed over. Their bytes stay in Kafka.
 */
@ApplicationScoped
public class RefusedRecords {
    private static final Logger LOG = Logger.getLogger(RefusedRecords.class);
    private static final int LONGEST = 200;

    private final MeterRegistry registry;
    private final AtomicReference<Heartbeat.@Nullable Refused> told = new AtomicReference<>();

    public RefusedRecords(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Reads a record's value.
     *
     * @param key what the record's key has to be: another one would lie in another partition
     * @return nothing where it cannot be taken
     */
    public <T> Optional<T> read(
            ConsumerRecord<String, byte[]> record, Class<T> type, Function<T, String> key) {
        if (record.value() == null) {
            refuse(record, "it has no value");
            return Optional.empty();
        }
        try {
            var value = Json.read(record.value(), type);
            if (!key.apply(value).equals(record.key())) {
                refuse(record, "its key is not " + key.apply(value));
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (SkeinException e) {
            refuse(record, e.getMessage());
            return Optional.empty();
        }
    }

    /** Passes one over. */
    public void refuse(ConsumerRecord<String, byte[]> record, @Nullable String reason) {
        registry.counter("skein.records.refused", "topic", record.topic()).increment();
        var last =
                "%s-%d@%d: %s"
                        .formatted(
                                record.topic(), record.partition(), record.offset(), plain(reason));
        told.updateAndGet(before -> oneMore(before, last));
        LOG.errorf(
                "refused topic=%s partition=%d offset=%d key=%s: %s",
                record.topic(),
                record.partition(),
                record.offset(),
                plain(record.key()),
                plain(reason));
    }

    private static Heartbeat.Refused oneMore(Heartbeat.@Nullable Refused before, String last) {
        var some =
                last.length() > Heartbeat.Attempt.LONGEST
                        ? last.substring(0, Heartbeat.Attempt.LONGEST)
                        : last;
        return new Heartbeat.Refused(before == null ? 1 : before.records() + 1, some);
    }

    /** Those so far, as a heartbeat tells it; null where there are none. */
    public Heartbeat.@Nullable Refused soFar() {
        return told.get();
    }

    /** As a line of a log takes it. */
    private static String plain(@Nullable String text) {
        var whole = String.valueOf(text);
        var some = whole.length() > LONGEST ? whole.substring(0, LONGEST) + " …" : whole;
        var clean = new StringBuilder();
        some.codePoints()
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
        return clean.toString();
    }
}
