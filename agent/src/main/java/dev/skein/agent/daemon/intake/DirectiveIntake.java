// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.intake.WorkBoard.Action;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.GroupMember;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.agent.daemon.run.TenantRun;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import dev.skein.service.loop.ServiceLoop;
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
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/**
 * Reads the site's directives and does what the {@link WorkBoard} says. Polling never waits for
 * work.
 */
@ApplicationScoped
public class DirectiveIntake {
    private static final Logger LOG = Logger.getLogger(DirectiveIntake.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration ENDS = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final TenantRun runs;
    private final RefusedRecords refusals;
    private final WorkBoard board = new WorkBoard(DirectiveIntake::partition);
    private final PartitionEnds ends = new PartitionEnds();
    private final Map<String, Work> working = new ConcurrentHashMap<>();
    private final ServiceLoop loop = new ServiceLoop("intake", this::round, () -> {});
    private final GroupMember member;
    private volatile boolean ending;

    private record Work(Thread thread, AtomicBoolean brake) {}

    public DirectiveIntake(
            AgentKafka wire, AgentConfig config, TenantRun runs, RefusedRecords refusals) {
        this.config = config;
        this.runs = runs;
        this.refusals = refusals;
        this.member =
                new GroupMember(
                        wire,
                        "skein-agents-" + config.site(),
                        config.id(),
                        Map.of(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName()),
                        this::subscribe);
    }

    /** Where a key lies: Kafka's own rule for keyed records. */
    private static int partition(String uid) {
        var key = uid.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % Topics.PARTITIONS;
    }

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void subscribe(KafkaConsumer<String, byte[]> reader) {
        reader.subscribe(List.of(Topics.directives(config.site())), new Ownership(reader));
    }

    private void round() {
        var reader = member.consumer();
        try {
            reader.poll(POLL).forEach(this::received);
            checkEnds(reader);
        } catch (WakeupException e) {
            loop.stop();
        } catch (FencedInstanceIdException e) {
            fenced();
            throw e;
        }
    }

    /** Another process runs under this agent's id: what was ours may be its by now. */
    private void fenced() {
        LOG.errorf(
                "intake: another process has the id %s (skein.agent.id): this one goes on without"
                        + " it",
                config.id());
        member.fenced();
        var all = IntStream.range(0, Topics.PARTITIONS).boxed().toList();
        ends.revoked(all);
        perform(() -> board.revoked(all));
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        member.wakeup();
    }

    /** Lets work come to its step boundary and lets go of the partitions; the service ends. */
    public void close() {
        endWork();
        member.close(CloseOptions.timeout(CLOSE));
    }

    private void received(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            perform(() -> board.received(record.key(), null));
            return;
        }
        refusals.read(record, Directive.class, Directive::uid)
                .ifPresent(told -> perform(() -> board.received(told.uid(), told)));
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
