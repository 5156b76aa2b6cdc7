// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.ask;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.kafka.Wire;
import dev.skein.engine.Json;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Request;
import dev.skein.engine.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the site's requests and sends the answers. A request is taken off before it is answered:
 * one that is lost with the agent counts as unanswered when its time is over.
 */
@ApplicationScoped
public class Requests {
    private static final Logger LOG = Logger.getLogger(Requests.class);
    private static final Duration POLL = Duration.ofMillis(300);

    /** One at a time, so that taking it never waits for room. */
    private static final int TAKEN = 1;

    private final Wire wire;
    private final AgentConfig config;
    private final Answers answers;
    private final Clock clock;
    private final Lanes lanes;
    private final Loop loop = new Loop("requests", this::round, () -> {});
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

    public Requests(Wire wire, AgentConfig config, Answers answers, Clock clock) {
        this.wire = wire;
        this.config = config;
        this.answers = answers;
        this.clock = clock;
        this.lanes = new Lanes(clock);
    }

    /** The loop that reads, for as long as the service lives. */
    public Loop loop() {
        return loop;
    }

    private KafkaConsumer<String, byte[]> reader() {
        var known = consumer;
        if (known == null) {
            known =
                    wire.consumer(
                            Map.of(
                                    ConsumerConfig.GROUP_ID_CONFIG,
                                    "skein-requests-" + config.site(),
                                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                                    config.id(),
                                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                                    10_000,
                                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                                    2_000,
                                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                    TAKEN));
            known.subscribe(List.of(Topics.requests(config.site())));
            consumer = known;
        }
        return known;
    }

    private void round() throws InterruptedException {
        var reader = reader();
        try {
            // Full: the group must go on hearing of us, so polling goes on without taking any.
            if (lanes.isFull()) {
                reader.pause(reader.assignment());
            } else {
                reader.resume(reader.paused());
            }
            var records = reader.poll(POLL);
            reader.commitSync();
            for (var record : records) {
                take(record);
            }
        } catch (WakeupException e) {
            loop.stop();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        Request request;
        try {
            request = Json.read(record.value(), Request.class);
        } catch (SkeinException e) {
            LOG.errorf("unreadable request database=%s: %s", record.key(), e.getMessage());
            return;
        }
        if (!lanes.take(request, this::answer)) {
            reply(request, "too many wait already for this agent's scratch server", null);
        }
    }

    private void answer(Request request) {
        LOG.infof("asked database=%s: %s", request.uid(), request.ask());
        try {
            var told = answers.to(request);
            if (told != null) {
                reply(request, null, told);
            }
        } catch (SkeinException e) {
            LOG.infof("no answer database=%s: %s", request.uid(), e.getMessage());
            reply(request, e.subject() + ": " + e.discreet(), null);
        } catch (RuntimeException e) {
            LOG.errorf(e, "no answer database=%s", request.uid());
            reply(request, "an error inside the agent; it is in its log", null);
        }
    }

    private void reply(Request request, @Nullable String problem, Reply.@Nullable Told told) {
        var reply =
                new Reply(request.id(), request.uid(), config.id(), clock.instant(), problem, told);
        var event =
                CloudEvent.of(
                        request.id(),
                        "request.answered",
                        "/agents/" + config.id(),
                        request.uid(),
                        clock.instant());
        wire.tell(Topics.REPLIES, request.uid(), reply, event, () -> {});
    }

    /** Ends the loop from another thread. */
    public void stop() {
        loop.stop();
        var reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        lanes.close();
        var reader = consumer;
        if (reader != null) {
            reader.close();
        }
    }
}
