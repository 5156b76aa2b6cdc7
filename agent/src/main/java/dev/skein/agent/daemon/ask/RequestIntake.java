// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.GroupMember;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.Topics;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the site's requests. A request is taken off before it is answered: one that is lost with
 * the agent counts as unanswered when its time is over.
 */
@ApplicationScoped
public class RequestIntake {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** So soon after its start an agent has heard from the brokers what time it is. */
    private static final Duration FIRST = Duration.ofSeconds(20);

    /** One at a time, so that taking it never waits for room. */
    private static final int TAKEN = 1;

    private final AgentKafka wire;
    private final AgentConfig config;
    private final RefusedRecords refusals;
    private final RequestLanes lanes;
    private final ServiceLoop loop = new ServiceLoop("requests", this::pollOnce, () -> {});
    private final GroupMember member;
    private final long began = System.nanoTime();

    public RequestIntake(
            AgentKafka wire,
            AgentConfig config,
            RequestAnswers answers,
            RefusedRecords refusals,
            Clock clock) {
        this.wire = wire;
        this.config = config;
        this.refusals = refusals;
        var replies = new RequestReplies(wire, config.id(), answers, clock);
        this.lanes = new RequestLanes(replies::answer, replies::refuse);
        this.member =
                new GroupMember(
                        wire,
                        "skein-requests-" + config.site(),
                        config.id(),
                        Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, TAKEN),
                        this::subscribe);
    }

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void subscribe(KafkaConsumer<String, byte[]> reader) {
        reader.subscribe(List.of(Topics.requests(config.site())));
    }

    private void pollOnce() throws InterruptedException {
        if (wire.brokers().now().isEmpty() && System.nanoTime() - began < FIRST.toNanos()) {
            Thread.sleep(POLL); // else what waits here since long ago would be taken for new
            return;
        }
        var reader = member.consumer();
        try {
            takeFrom(reader);
        } catch (WakeupException e) {
            loop.stop();
        } catch (FencedInstanceIdException e) {
            member.fenced(); // another process runs under this agent's id
            throw e;
        }
    }

    private void takeFrom(KafkaConsumer<String, byte[]> reader) throws InterruptedException {
        // Full: the group must go on hearing of us, so polling goes on without taking any.
        if (lanes.isFull()) {
            reader.pause(reader.assignment());
        } else {
            reader.resume(reader.paused());
        }
        var records = reader.poll(POLL);
        commit(reader, records);
        for (var record : records) {
            take(record);
        }
    }

    /** What could not be taken off is read again: nobody else would answer it. */
    private static void commit(
            KafkaConsumer<String, byte[]> reader, ConsumerRecords<String, byte[]> records) {
        try {
            reader.commitSync();
        } catch (KafkaException e) {
            records.partitions().stream()
                    .filter(reader.assignment()::contains)
                    .forEach(p -> reader.seek(p, records.records(p).getFirst().offset()));
            throw e;
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        var request = refusals.read(record, Request.class, Request::uid);
        if (request.isPresent()) {
            lanes.take(PendingRequest.of(record, request.get(), wire.brokers()));
        }
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        member.wakeup();
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        lanes.close();
        member.close(CloseOptions.timeout(CLOSE));
    }
}
