// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.ApiSchema;
import dev.skein.api.config.UnwiseSettings;
import dev.skein.api.projection.ReportFeeds;
import dev.skein.api.relay.Outbox;
import dev.skein.api.relay.PublishedComparison;
import dev.skein.api.relay.Relay;
import dev.skein.api.relay.TopicSetup;
import dev.skein.api.relay.TopicWatch;
import dev.skein.api.security.FirstAccount;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.service.clock.ClockWatch;
import dev.skein.service.loop.ServiceLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Own schema, topics, first account, then the loops; backwards at the end. */
@ApplicationScoped
public class ApiLifecycle {
    private static final Logger LOG = Logger.getLogger(ApiLifecycle.class);

    private final ApiConfig config;
    private final Vertx vertx;
    private final TopicSetup topics;
    private final TopicWatch watch;
    private final FirstAccount accounts;
    private final ConductorLoop conductor;
    private final PublishedComparison comparison;
    private final Relay relay;
    private final Outbox outbox;
    private final ReportFeeds feeds;
    private final ApiLoopHealth health;
    private final ClockWatch clock = new ClockWatch();
    private final List<Thread> loops = new ArrayList<>();

    public ApiLifecycle(
            ApiConfig config,
            Vertx vertx,
            TopicSetup topics,
            TopicWatch watch,
            FirstAccount accounts,
            ConductorLoop conductor,
            PublishedComparison comparison,
            Relay relay,
            Outbox outbox,
            ReportFeeds feeds,
            @Readiness ApiLoopHealth health) {
        this.config = config;
        this.vertx = vertx;
        this.topics = topics;
        this.watch = watch;
        this.accounts = accounts;
        this.conductor = conductor;
        this.comparison = comparison;
        this.relay = relay;
        this.outbox = outbox;
        this.feeds = feeds;
        this.health = health;
    }

    /** What keeps the service from starting is said in one line, before the stack trace. */
    void start(@Observes StartupEvent event) {
        try {
            begin();
        } catch (SkeinException e) {
            LOG.error(e.getMessage());
            throw e;
        }
    }

    private void begin() {
        clock.start();
        refuseWrongSites();
        UnwiseSettings.of(config).forEach(LOG::warn);
        applySchema();
        topics.run();
        comparison.first();
        firstAccount();
        outbox.heardBy(feeds::behindFor);
        turn(comparison.loop());
        turn(conductor.loop());
        turn(relay.loop());
        turn(watch.loop());
        feeds.start().forEach(health::watch);
    }

    private void refuseWrongSites() {
        var wrong = config.sites().stream().filter(site -> !Topics.isSite(site)).toList();
        if (!wrong.isEmpty()) {
            throw SkeinException.usage(
                    "skein.api.sites", wrong + " are no names of sites", "Use a-z, 0-9 and '-'");
        }
    }

    private void applySchema() {
        var address =
                DatabaseAddress.parse(config.databaseUrl())
                        .withPassword(config.databasePassword().orElse(null));
        ApiSchema.apply(PgClient.on(vertx), address);
    }

    private void turn(ServiceLoop loop) {
        health.watch(loop);
        loops.add(Thread.ofPlatform().name(loop.name()).start(loop));
    }

    private void firstAccount() {
        accounts.make(config.adminPassword())
                .ifPresent(password ->
                        System.err.println("First start. Account: admin  Password: " + password));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        feeds.stop();
        loops.forEach(Thread::interrupt);
        for (var loop : loops) {
            loop.join();
        }
        relay.close();
        comparison.close();
        clock.close();
        LOG.info("stopped");
    }
}
