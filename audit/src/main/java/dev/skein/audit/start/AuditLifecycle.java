// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.start;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.config.AuditSchema;
import dev.skein.audit.intake.DecisionFollower;
import dev.skein.audit.intake.EndedRetention;
import dev.skein.audit.intake.FindingNews;
import dev.skein.audit.intake.FleetIntake;
import dev.skein.audit.intake.LogIntake;
import dev.skein.audit.intake.ResendRequests;
import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.LogUpkeep;
import dev.skein.audit.log.SignedCheckpoints;
import dev.skein.audit.sign.CheckpointSigner;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.service.clock.ClockWatch;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Own schema, then the intake; backwards at the end. */
@ApplicationScoped
public class AuditLifecycle {
    private static final Logger LOG = Logger.getLogger(AuditLifecycle.class);

    private final AuditConfig config;
    private final Vertx vertx;
    private final Db db;
    private final AuditLog log;
    private final SignedCheckpoints checkpoints;
    private final LogIntake intake;
    private final CheckpointSigner signer;
    private final AuditLoopHealth health;
    private final FleetIntake fleet;
    private final ResendRequests resend;
    private final FindingNews news;
    private final DecisionFollower decisions;
    private final LogUpkeep upkeep;
    private final EndedRetention retention;
    private final ClockWatch clock = new ClockWatch();
    private final List<Thread> threads = new ArrayList<>();

    public AuditLifecycle(
            AuditConfig config,
            Vertx vertx,
            Db db,
            AuditLog log,
            SignedCheckpoints checkpoints,
            LogIntake intake,
            CheckpointSigner signer,
            FleetIntake fleet,
            ResendRequests resend,
            FindingNews news,
            DecisionFollower decisions,
            LogUpkeep upkeep,
            EndedRetention retention,
            @Readiness AuditLoopHealth health) {
        this.config = config;
        this.vertx = vertx;
        this.db = db;
        this.log = log;
        this.checkpoints = checkpoints;
        this.intake = intake;
        this.signer = signer;
        this.fleet = fleet;
        this.resend = resend;
        this.news = news;
        this.decisions = decisions;
        this.upkeep = upkeep;
        this.retention = retention;
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
        applySchema();
        db.run(checkpoints::requireOurs);
        db.run(log::complete);
        upkeep.makeRoom();
        for (var loop : loops()) {
            health.watch(loop);
            threads.add(Thread.ofPlatform().name(loop.name()).start(loop));
        }
    }

    private List<ServiceLoop> loops() {
        return List.of(
                signer.loop(),
                intake.loop(),
                fleet.loop(),
                resend.loop(),
                news.loop(),
                decisions.loop(),
                upkeep.loop(),
                retention.loop());
    }

    private void applySchema() {
        var address =
                DatabaseAddress.parse(config.databaseUrl())
                        .withPassword(config.databasePassword().orElse(null));
        var owner =
                config.ownerUrl()
                        .map(DatabaseAddress::parse)
                        .map(o -> o.withPassword(config.ownerPassword().orElse(null)));
        AuditSchema.apply(PgClient.on(vertx), owner.orElse(address));
        owner.ifPresent(o -> AuditSchema.grant(PgClient.on(vertx), o, address.user()));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        intake.stop();
        fleet.stop();
        signer.loop().stop();
        resend.loop().stop();
        news.loop().stop();
        decisions.loop().stop();
        upkeep.loop().stop();
        retention.loop().stop();
        var asleep =
                Set.of(
                        resend.loop().name(),
                        news.loop().name(),
                        decisions.loop().name(),
                        upkeep.loop().name(),
                        retention.loop().name());
        for (var thread : threads) {
            if (asleep.contains(thread.getName())) {
                thread.interrupt();
            }
            thread.join();
        }
        intake.close();
        fleet.close();
        resend.close();
        clock.close();
    }
}
