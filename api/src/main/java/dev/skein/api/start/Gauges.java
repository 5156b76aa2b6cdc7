// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.projection.Feeds;
import dev.skein.api.relay.Outbox;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
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
public class Gauges {
    private static final Logger LOG = Logger.getLogger(Gauges.class);

    private final Db db;
    private final Outbox outbox;
    private final MultiGauge rollouts;
    private final MultiGauge databases;
    private final MultiGauge targets;
    private final AtomicLong waiting = new AtomicLong();

    public Gauges(Db db, Outbox outbox, Feeds feeds, MeterRegistry registry) {
        this.db = db;
        this.outbox = outbox;
        this.rollouts =
                MultiGauge.builder("skein.rollouts").description("by status").register(registry);
        this.databases =
                MultiGauge.builder("skein.databases")
                        .description("by site and whether they can be managed")
                        .register(registry);
        this.targets =
                MultiGauge.builder("skein.rollout.targets")
                        .description("databases of unfinished rollouts by state")
                        .register(registry);
        Gauge.builder("skein.feed.lag", feeds, Feeds::lag)
                .description("records in Kafka that are not ingested yet")
                .register(registry);
        Gauge.builder("skein.relay.lag", waiting, AtomicLong::get)
                .description("committed records that are not in Kafka yet")
                .register(registry);
    }

    @Scheduled(every = "5s", delayed = "5s")
    @RunOnVirtualThread
    void measure() {
        try {
            db.run(this::measure);
        } catch (SkeinException e) {
            LOG.debugf("metrics: %s", e.getMessage()); // the next round measures again
        }
    }

    private void measure(Db.Tx tx) {
        waiting.set(outbox.waiting(tx));
        rollouts.register(
                tx.list(
                        "SELECT status, count(*) FROM rollout GROUP BY 1",
                        r -> MultiGauge.Row.of(Tags.of("status", r.getString(0)), r.getLong(1))),
                true);
        databases.register(
                tx.list(
                        "SELECT site, CASE WHEN problem IS NULL THEN 'managed' ELSE 'problem' END,"
                                + " count(*) FROM fleet_database GROUP BY 1, 2",
                        r ->
                                MultiGauge.Row.of(
                                        Tags.of("site", r.getString(0), "state", r.getString(1)),
                                        r.getLong(2))),
                true);
        targets.register(
                tx.list(
                        "SELECT t.rollout, t.state, count(*) FROM rollout_target t JOIN rollout r"
                            + " ON r.id = t.rollout WHERE r.status NOT IN ('completed', 'aborted')"
                            + " GROUP BY 1, 2",
                        r ->
                                MultiGauge.Row.of(
                                        Tags.of("rollout", r.getString(0), "state", r.getString(1)),
                                        r.getLong(2))),
                true);
    }
}
