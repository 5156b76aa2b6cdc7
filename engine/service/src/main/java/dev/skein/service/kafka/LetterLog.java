// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells the log of dead letters: of the first one of a topic at once, and while more come, from
 * time to time how many they were, with the newest. A flood of bad records is none of lines.
 */
final class LetterLog {
    private static final System.Logger LOG = System.getLogger(LetterLog.class.getName());

    /** Between two lines about one topic. */
    static final Duration EVERY = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<String, Told> topics = new HashMap<>();

    /**
     * @param nanos a clock as {@link System#nanoTime} is one
     */
    LetterLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What was told of a topic, and what came since. */
    private static final class Told {
        long at;
        long more;
        String newest = "";
    }

    /** Tells of a letter, at once or later. */
    synchronized void tell(ConsumerRecord<String, byte[]> record, String reason) {
        var words =
                "dead letter topic=%s partition=%d offset=%d: %s"
                        .formatted(record.topic(), record.partition(), record.offset(), reason);
        var told = topics.get(record.topic());
        if (told == null) {
            told = new Told();
            told.at = nanos.getAsLong();
            topics.put(record.topic(), told);
            write(words);
        } else {
            told.more++;
            told.newest = words;
        }
    }

    /** Tells what waits for its time; a topic of which nothing came for so long is as at first. */
    synchronized void turn() {
        long now = nanos.getAsLong();
        topics.entrySet()
                .removeIf(topic ->
                        now - topic.getValue().at >= EVERY.toNanos()
                                && isOver(topic.getKey(), topic.getValue(), now));
    }

    private static boolean isOver(String topic, Told told, long now) {
        if (told.more == 0) {
            return true;
        }
        write(topic, told);
        told.at = now;
        told.more = 0;
        return false;
    }

    /** Tells everything that waits: nobody will come again. */
    synchronized void end() {
        topics.forEach((topic, told) -> {
            if (told.more > 0) {
                write(topic, told);
            }
        });
        topics.clear();
    }

    private static void write(String topic, Told told) {
        write(
                "%d more dead letters topic=%s, the newest: %s"
                        .formatted(told.more, topic, told.newest));
    }

    private static void write(String words) {
        LOG.log(System.Logger.Level.ERROR, "{0}", words);
    }
}
