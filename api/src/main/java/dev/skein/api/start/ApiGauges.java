// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.projection.ReportFeeds;
import dev.skein.api.relay.Outbox;
import dev.skein.api.relay.Relay;
import dev.skein.api.relay.TopicWatch;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DatabaseState;
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
    private final MultiGauge rollouts;
    private final MultiGauge databases;
    private final MultiGauge targets;
    private final MultiGauge failing;
    private final MultiGauge stalled;
    private final MultiGauge discord;
    private final ApiConfig config;
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
        this.config = config;
        this.db = db;
        this.outbox = outbox;
        this.relay = relay;
        this.continuity = continuity;
        this.rollouts = several("skein.rollouts", "by status", registry);
        this.databases =
                several("skein.databases", "by site and whether they can be managed", registry);
        this.targets =
                several(
                        "skein.rollout.targets",
                        "databases of unfinished rollouts by state",
                        registry);
        this.failing =
                several(
                        "skein.relay.failures",
                        "tries in a row that failed, by what cannot be sent",
                        registry);
        this.stalled =
                several(
                        "skein.rollout.stalled.seconds",
                        "for how long nothing has moved, by rollout with open work",
                        registry);
        this.discord =
                several(
                        "skein.site.servers.differ",
                        "sites whose agents do not look after the same servers",
                        registry);
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

    private static MultiGauge several(String name, String what, MeterRegistry registry) {
        return MultiGauge.builder(name).description(what).register(registry);
    }

    @Scheduled(every = "5s", delayed = "5s")
    @RunOnVirtualThread
    void measure() {
        failing.register(
                relay.failing().entrySet().stream()
                        .map(e ->
                                MultiGauge.Row.of(
                                        Tags.of("route", e.getKey().label()), e.getValue()))
                        .toList(),
                true);
        try {
            db.run(this::measure);
        } catch (SkeinException e) {
            LOG.debugf("metrics: %s", e.getMessage()); // the next round measures again
        }
    }

    private void measure(Db.Tx tx) {
        waiting.set(outbox.waiting(tx));
        stopped.set(continuity.stopped(tx).isPresent() ? 1 : 0);
        notices.set(TopicNotices.count(tx));
        deadLetters.set(DeadLetters.waiting(tx));
        standing(tx);
        rollouts.register(
                tx.list(
                        "SELECT status, count(*) FROM rollout GROUP BY 1",
                        r -> MultiGauge.Row.of(Tags.of("status", r.getString(0)), r.getLong(1))),
                true);
        databases.register(
                tx.list(
                        """
                        SELECT site, CASE WHEN %s IS NULL THEN 'managed' ELSE 'problem' END, count(*)
                        FROM fleet_database
                        WHERE forgotten_at IS NULL
                        GROUP BY 1, 2
                        """
                                .formatted(DatabaseState.PROBLEM),
                        r ->
                                MultiGauge.Row.of(
                                        Tags.of("site", r.getString(0), "state", r.getString(1)),
                                        r.getLong(2))),
                true);
        targets.register(
                tx.list(
                        """
                        SELECT t.rollout, t.state, count(*) FROM rollout_target t
                        JOIN rollout r ON r.id = t.rollout
                        WHERE r.status NOT IN ('completed', 'aborted')
                        GROUP BY 1, 2
                        """,
                        r ->
                                MultiGauge.Row.of(
                                        Tags.of("rollout", r.getString(0), "state", r.getString(1)),
                                        r.getLong(2))),
                true);
    }

    private void standing(Db.Tx tx) {
        stalled.register(
                tx.list(
                        "SELECT rollout, seconds FROM rollout_quiet WHERE seconds >= $1",
                        r -> MultiGauge.Row.of(Tags.of("rollout", r.getString(0)), r.getLong(1)),
                        config.stalledAfter().toSeconds()),
                true);
        discord.register(
                tx.list(
                        """
                        SELECT site, count(DISTINCT servers) FROM fleet_agent
                        WHERE servers IS NOT NULL AND seen_at > now() - interval '15 seconds'
                        GROUP BY 1
                        HAVING count(DISTINCT servers) > 1
                        """,
                        r -> MultiGauge.Row.of(Tags.of("site", r.getString(0)), r.getLong(1))),
                true);
    }
}
