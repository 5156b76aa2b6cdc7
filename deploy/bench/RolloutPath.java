// SPDX-License-Identifier: Apache-2.0

import dev.skein.engine.Json;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where the time of a rollout that is over went, from what it left in Kafka. Arguments: its name, the broker, the
 * site, and how many databases it took at a time.
 */
final class RolloutPath {
    /** What one database went through, as moments in milliseconds. */
    private static final class Course {
        long told;
        long began = Long.MAX_VALUE;
        long ended;
        long relayed;
        long released;
        int entries;
    }

    private final Map<String, Course> courses = new HashMap<>();
    private final Map<String, Long> generations = new HashMap<>();
    private final String rollout;

    private RolloutPath(String rollout) {
        this.rollout = rollout;
    }

    public static void main(String[] args) {
        var path = new RolloutPath(args[0]);
        var settings = Map.<String, Object>of("bootstrap.servers", args[1]);
        try (var reader =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            path.read(reader, Topics.directives(args[2]), path::directive);
            path.read(reader, Topics.JOURNAL, path::entry);
        }
        path.print(Integer.parseInt(args[3]));
    }

    private void read(
            KafkaConsumer<String, byte[]> reader,
            String topic,
            Consumer<ConsumerRecord<String, byte[]>> each) {
        var partitions =
                reader.partitionsFor(topic).stream()
                        .map(one -> new TopicPartition(topic, one.partition()))
                        .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        var ends = reader.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            reader.poll(Duration.ofMillis(200)).forEach(each);
        }
    }

    private void directive(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            var course = courses.get(record.key());
            if (course != null && course.released == 0) {
                course.released = record.timestamp();
            }
            return;
        }
        var directive = Json.read(record.value(), Directive.class);
        if (directive.rollout().equals(rollout) && directive.action() == Directive.Action.MIGRATE) {
            courses.computeIfAbsent(record.key(), _ -> new Course()).told = record.timestamp();
            generations.put(record.key(), directive.generation());
        }
    }

    private void entry(ConsumerRecord<String, byte[]> record) {
        var course = courses.get(record.key());
        if (course == null) {
            return;
        }
        var says = Envelope.parse(Json.read(record.value(), JournalRecord.class).envelope());
        if (!Objects.equals(says.generation(), generations.get(record.key()))) {
            return;
        }
        long at = Instant.parse(says.at()).toEpochMilli();
        course.entries++;
        course.began = Math.min(course.began, at - Objects.requireNonNullElse(says.millis(), 0L));
        course.ended = Math.max(course.ended, at);
        if (says.kind() != EntryKind.INTENT) {
            course.relayed = Math.max(course.relayed, record.timestamp());
        }
    }

    private void print(int parallel) {
        var whole = courses.values().stream().filter(c -> c.ended > 0 && c.released > 0).toList();
        var parts = new TreeMap<String, List<Long>>();
        for (var course : whole) {
            add(parts, "1 directive in Kafka until the first step begins", course.began - course.told);
            add(parts, "2 first step begins until the last entry", course.ended - course.began);
            add(parts, "3 last entry until it is in Kafka", course.relayed - course.ended);
            add(parts, "4 entry in Kafka until the directive is withdrawn there", course.released - course.relayed);
            add(parts, "6 in all", course.released - course.told);
        }
        var freed = whole.stream().mapToLong(c -> c.relayed).sorted().toArray();
        var told = whole.stream().mapToLong(c -> c.told).sorted().toArray();
        for (int i = 0; i + parallel < told.length; i++) {
            add(parts, "5 entry in Kafka until the next directive is", told[i + parallel] - freed[i]);
        }
        long last = Arrays.stream(freed).max().orElse(0);
        System.out.printf("%d databases in %d ms%n", whole.size(), last - (told.length == 0 ? 0 : told[0]));
        parts.forEach(RolloutPath::print);
    }

    private static void add(Map<String, List<Long>> parts, String name, long millis) {
        parts.computeIfAbsent(name, _ -> new ArrayList<>()).add(millis);
    }

    private static void print(String name, List<Long> millis) {
        var sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%-56s half %5d ms   nine tenths %5d ms%n",
                name.substring(2), sorted[sorted.length / 2], sorted[sorted.length * 9 / 10]);
    }
}
