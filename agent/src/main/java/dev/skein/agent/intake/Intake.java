// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.intake;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.intake.Board.Action;
import dev.skein.agent.kafka.Wire;
import dev.skein.agent.run.TenantRun;
import dev.skein.engine.Json;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the site's directives and does what the {@link Board} says. Polling never waits for work.
 */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration ENDS = Duration.ofSeconds(2);

    private final Wire wire;
    private final AgentConfig config;
    private final TenantRun runs;
    private final Board board = new Board(Intake::partition);
    private final PartitionEnds ends = new PartitionEnds();
    private final Map<String, Work> working = new ConcurrentHashMap<>();
    private final Loop loop = new Loop("intake", this::round, () -> {});
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    private volatile boolean ending;

    private record Work(Thread thread, AtomicBoolean brake) {}

    public Intake(Wire wire, AgentConfig config, TenantRun runs) {
        this.wire = wire;
        this.config = config;
        this.runs = runs;
    }

    /** Where a key lies: Kafka's own rule for keyed records. */
    private static int partition(String uid) {
        var key = uid.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % Topics.PARTITIONS;
    }

    /** The loop that reads, for as long as the service lives. */
    public Loop loop() {
        return loop;
    }

    private KafkaConsumer<String, byte[]> reader() {
        var known = consumer;
        if (known == null) {
            known = wire.consumer(settings());
            known.subscribe(List.of(Topics.directives(config.site())), new Ownership(known));
            consumer = known;
        }
        return known;
    }

    private void round() {
        var reader = reader();
        try {
            reader.poll(POLL).forEach(this::received);
            checkEnds(reader);
        } catch (WakeupException e) {
            loop.stop();
        }
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        var reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
    }

    /** Lets work come to its step boundary and lets go of the partitions; the service ends. */
    public void close() {
        endWork();
        var reader = consumer;
        if (reader != null) {
            reader.close(CloseOptions.timeout(CLOSE));
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                "skein-agents-" + config.site(),
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                config.id(),
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                10_000,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                2_000);
    }

    private void received(ConsumerRecord<String, byte[]> record) {
        try {
            var directive =
                    record.value() == null ? null : Json.read(record.value(), Directive.class);
            perform(() -> board.received(record.key(), directive));
        } catch (SkeinException e) {
            LOG.errorf("unreadable directive database=%s: %s", record.key(), e.getMessage());
        }
    }

    /** A partition may be acted on once it was read to the end that it had when it became ours. */
    private void checkEnds(KafkaConsumer<String, byte[]> consumer) {
        try {
            ends.find(partitions -> endOffsets(consumer, partitions));
        } catch (TimeoutException e) {
            // One without a leader, for example: the others are read on, and it is asked for again.
            LOG.warnf(
                    "intake: the ends of %s are not known yet: %s", ends.unknown(), e.getMessage());
        }
        for (var partition : ends.reached(p -> consumer.position(place(p)))) {
            perform(() -> board.caughtUp(partition));
        }
    }

    private Map<Integer, Long> endOffsets(
            KafkaConsumer<String, byte[]> consumer, Set<Integer> partitions) {
        var found = new HashMap<Integer, Long>();
        consumer.endOffsets(partitions.stream().map(this::place).toList(), ENDS)
                .forEach((place, end) -> found.put(place.partition(), end));
        return found;
    }

    private TopicPartition place(int partition) {
        return new TopicPartition(Topics.directives(config.site()), partition);
    }

    private interface Change {
        List<Action> make();
    }

    /** Changes and what follows from them are one: nobody sees the one without the other. */
    private void perform(Change change) {
        synchronized (board) {
            change.make().forEach(this::perform);
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Start start -> start(start.directive());
            case Action.Stop stop -> stop(stop.directive());
            case Action.AnswerHeld held ->
                    Thread.startVirtualThread(() -> runs.answerHeld(held.directive()));
            case Action.Repeat repeat ->
                    Thread.startVirtualThread(() -> runs.repeat(repeat.directive()));
        }
    }

    private void start(Directive directive) {
        LOG.debugf("start %s", directive);
        var brake = new AtomicBoolean();
        var thread = Thread.ofVirtual().unstarted(() -> work(directive, brake));
        working.put(directive.uid(), new Work(thread, brake));
        thread.start();
    }

    private void work(Directive directive, AtomicBoolean brake) {
        boolean settled = false;
        try {
            settled =
                    LastWord.of(
                            directive.uid(),
                            () -> runs.tell(directive, brake::get),
                            end -> runs.answerUnexpected(directive, end));
        } finally {
            working.remove(directive.uid());
            ended(directive, settled);
        }
    }

    private void ended(Directive directive, boolean settled) {
        if (ending) {
            return;
        }
        if (!settled && !paused()) {
            return;
        }
        perform(() -> board.finished(directive, settled));
    }

    /** What was not settled is begun again, but not at once. */
    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stop(Directive directive) {
        var work = working.get(directive.uid());
        if (work != null) {
            work.brake().set(true);
        }
    }

    /** Lets what runs come to its next step boundary before the process ends. */
    private void endWork() {
        ending = true;
        var left = new ArrayList<>(working.values());
        left.forEach(work -> work.brake().set(true));
        long end = System.nanoTime() + CLOSE.toNanos();
        try {
            for (var work : left) {
                work.thread().join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a database is this agent's. */
    public boolean owns(String uid) {
        synchronized (board) {
            return board.owns(uid);
        }
    }

    /** How many databases are worked on. */
    public int running() {
        return working.size();
    }

    private final class Ownership implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        Ownership(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
            ends.assigned(numbers(partitions));
            synchronized (board) {
                board.assigned(numbers(partitions));
            }
            if (!partitions.isEmpty()) {
                LOG.infof("intake: %d partitions are ours", partitions.size());
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            ends.revoked(numbers(partitions));
            perform(() -> board.revoked(numbers(partitions)));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
