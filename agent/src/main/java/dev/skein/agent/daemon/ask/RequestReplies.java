// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.Topics;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers requests, and sends what was found or was in the way. */
final class RequestReplies {
    private static final Logger LOG = Logger.getLogger(RequestReplies.class);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private final AgentKafka wire;
    private final String agent;
    private final RequestAnswers answers;
    private final Clock clock;

    /**
     * @param agent this agent's id
     */
    RequestReplies(AgentKafka wire, String agent, RequestAnswers answers, Clock clock) {
        this.wire = wire;
        this.agent = agent;
        this.answers = answers;
        this.clock = clock;
    }

    /** Says that a request is not answered, and why. */
    void refuse(PendingRequest asked, String why) {
        var request = asked.request();
        LOG.infof("no answer database=%s: %s: %s", request.uid(), request.ask(), why);
        reply(asked, why, null);
    }

    /** Answers a request, or says what was in the way. */
    void answer(PendingRequest asked) {
        var request = asked.request();
        LOG.infof("asked database=%s: %s", request.uid(), request.ask());
        try {
            var told = answers.to(request);
            if (told != null) {
                reply(asked, null, told);
            }
        } catch (SkeinException e) {
            LOG.infof("no answer database=%s: %s", request.uid(), e.getMessage());
            reply(asked, e.subject() + ": " + e.discreet(), null);
        } catch (RuntimeException e) {
            LOG.errorf(e, "no answer database=%s", request.uid());
            reply(asked, "an error inside the agent; it is in its log", null);
        }
    }

    private void reply(PendingRequest asked, @Nullable String problem, Reply.@Nullable Told told) {
        var request = asked.request();
        var reply = new Reply(request.id(), request.uid(), agent, clock.instant(), problem, told);
        var event =
                CloudEvent.of(
                        request.id(),
                        "request.answered",
                        "/agents/" + agent,
                        request.uid(),
                        clock.instant());
        send(asked, reply, event);
    }

    /** Nobody asks again before its time is over, and so it is sent until then. */
    private void send(PendingRequest asked, Reply reply, CloudEvent event) {
        Runnable again =
                () -> {
                    if (asked.left().isPositive() && paused()) {
                        send(asked, reply, event);
                    }
                };
        wire.tell(
                Topics.REPLIES, reply.uid(), reply, event, () -> Thread.startVirtualThread(again));
    }

    private static boolean paused() {
        try {
            Thread.sleep(RETRY_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
