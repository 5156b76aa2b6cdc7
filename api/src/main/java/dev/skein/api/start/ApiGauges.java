// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.projection.ReportFeeds;
import dev.skein.api.relay.Outbox;
import dev.skein.api.relay.Relay;
import dev.skein.api.relay.TopicWatch;
import dev.skein.api.store.Continuity;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.DeadLetters;
import dev.skein.service.kafka.TopicNotices;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** What an operator watches: rollouts and databases by state, and what waits to be sent. */
@ApplicationScoped
public class ApiGauges {
    private static final Logger LOG = Logger.getLogger(ApiGauges.class);

    private final Db db;
    private final Outbox outbox;
    private final StateGauges states;
    private final MultiGauge failing;
    private final Relay relay;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicLong notices = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();
    private final Continuity continuity;

    public ApiGauges(
            Db db,
            Outbox outbox,
            Relay relay,
            ReportFeeds feeds,
            Continuity continuity,
            TopicWatch watch,
            ApiConfig config,
            MeterRegistry registry) {
        this.db = db;
        this.outbox = outbox;
        this.relay = relay;
        this.continuity = continuity;
        this.states = new StateGauges(config.stalledAfter(), registry);
        this.failing =
                MultiGauge.builder("skein.relay.failures")
                        .description("tries in a row that failed, by what cannot be sent")
                        .register(registry);
        single(feeds, watch, registry);
    }

    private void single(ReportFeeds feeds, TopicWatch watch, MeterRegistry registry) {
        Gauge.builder("skein.topics.amiss", watch, w -> w.amiss().size())
                .description("what is not as it should be with topics that work nevertheless")
                .register(registry);
        Gauge.builder("skein.feed.lag", feeds, ReportFeeds::lag)
                .description("records in Kafka that are not ingested yet")
                .register(registry);
        Gauge.builder("skein.feed.behind.seconds", feeds, ReportFeeds::behind)
                .description("how long ago everything in Kafka was ingested")
                .register(registry);
        Gauge.builder("skein.relay.lag", waiting, AtomicLong::get)
                .description("committed records that are not in Kafka yet")
                .register(registry);
        exceptions(registry);
    }

    /** What is nothing while all is well. */
    private void exceptions(MeterRegistry registry) {
        Gauge.builder("skein.control.stopped", stopped, AtomicLong::get)
                .description("1 while its database is not what was published, and nothing decided")
                .register(registry);
        Gauge.builder("skein.topic.notices", notices, AtomicLong::get)
                .description("topics to which something happened that nobody has taken note of")
                .register(registry);
        Gauge.builder("skein.dead.letters", deadLetters, AtomicLong::get)
                .description("records that could not be taken and wait for somebody")
                .register(registry);
    }

    @Scheduled(every = "5s", delayed = "5s")
    @RunOnVirtualThread
    void measure() {
        measureRelay();
        try {
            db.run(this::measure);
        } catch (SkeinException e) {
            LOG.debugf("metrics: %s", e.getMessage()); // the next round measures again
        }
    }

    private void measureRelay() {
        failing.register(
                relay.failing().entrySet().stream()
                        .map(e ->
                                MultiGauge.Row.of(
                                        Tags.of("route", e.getKey().label()), e.getValue()))
                        .toList(),
                true);
    }

    private void measure(Db.Tx tx) {
        waiting.set(outbox.waiting(tx));
        stopped.set(continuity.stopped(tx).isPresent() ? 1 : 0);
        notices.set(TopicNotices.count(tx));
        deadLetters.set(DeadLetters.waiting(tx));
        states.measure(tx);
    }
}
