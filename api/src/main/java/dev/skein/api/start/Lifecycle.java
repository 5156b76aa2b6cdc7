// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.Schema;
import dev.skein.api.projection.Feeds;
import dev.skein.api.registry.Account;
import dev.skein.api.relay.Relay;
import dev.skein.api.relay.TopicSetup;
import dev.skein.api.security.Accounts;
import dev.skein.api.security.Roles;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Own schema, topics, first account, then the loops; backwards at the end. */
@ApplicationScoped
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final ApiConfig config;
    private final Vertx vertx;
    private final TopicSetup topics;
    private final Accounts accounts;
    private final ConductorLoop conductor;
    private final Relay relay;
    private final Feeds feeds;
    private final LoopHealth health;
    private final List<Thread> loops = new ArrayList<>();

    public Lifecycle(
            ApiConfig config,
            Vertx vertx,
            TopicSetup topics,
            Accounts accounts,
            ConductorLoop conductor,
            Relay relay,
            Feeds feeds,
            @Readiness LoopHealth health) {
        this.config = config;
        this.vertx = vertx;
        this.topics = topics;
        this.accounts = accounts;
        this.conductor = conductor;
        this.relay = relay;
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
        var wrong = config.sites().stream().filter(site -> !Topics.isSite(site)).toList();
        if (!wrong.isEmpty()) {
            throw SkeinException.usage(
                    "skein.api.sites", wrong + " are no names of sites", "Use a-z, 0-9 and '-'");
        }
        var address =
                DatabaseAddress.parse(config.databaseUrl())
                        .withPassword(config.databasePassword().orElse(null));
        Schema.apply(PgClient.on(vertx), address);
        var cluster = topics.run();
        firstAccount();
        turn(conductor.loop());
        turn(relay.loop());
        feeds.start(cluster).forEach(health::watch);
    }

    private void turn(Loop loop) {
        health.watch(loop);
        loops.add(Thread.ofPlatform().name(loop.name()).start(loop));
    }

    /** Where nobody could log in yet, makes the admin; a password of our own is told once. */
    private void firstAccount() {
        var password = config.adminPassword().orElseGet(Lifecycle::random);
        try {
            var created =
                    VertxContextSupport.subscribeAndAwait(() ->
                            Panache.withSession(() -> Account.count())
                                    .chain(known -> known > 0 ? no() : admin(password)));
            if (created && config.adminPassword().isEmpty()) {
                System.err.println("First start. Account: admin  Password: " + password);
            }
        } catch (Throwable e) { // what the awaited call declares; the service does not start
            throw new SkeinException(
                    ErrorCode.FAILED, "The first account", String.valueOf(e.getMessage()), "", e);
        }
    }

    private static Uni<Boolean> no() {
        return Uni.createFrom().item(false);
    }

    private Uni<Boolean> admin(String password) {
        return accounts.put("admin", password, Roles.ALL).replaceWith(true);
    }

    private static String random() {
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        feeds.stop();
        loops.forEach(Thread::interrupt);
        for (var loop : loops) {
            loop.join();
        }
        relay.giveUp();
        LOG.info("stopped");
    }
}
