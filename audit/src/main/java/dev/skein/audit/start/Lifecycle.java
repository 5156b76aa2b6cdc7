// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.start;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.config.Schema;
import dev.skein.audit.intake.Intake;
import dev.skein.audit.log.Log;
import dev.skein.audit.sign.Signer;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.postgres.PgClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Own schema, then the intake; backwards at the end. */
@ApplicationScoped
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final AuditConfig config;
    private final Vertx vertx;
    private final Db db;
    private final Log log;
    private final Intake intake;
    private final Signer signer;
    private final LoopHealth health;
    private @Nullable Thread thread;
    private @Nullable Thread signing;

    public Lifecycle(
            AuditConfig config,
            Vertx vertx,
            Db db,
            Log log,
            Intake intake,
            Signer signer,
            @Readiness LoopHealth health) {
        this.config = config;
        this.vertx = vertx;
        this.db = db;
        this.log = log;
        this.intake = intake;
        this.signer = signer;
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
        var address =
                DatabaseAddress.parse(config.databaseUrl())
                        .withPassword(config.databasePassword().orElse(null));
        Schema.apply(PgClient.on(vertx), address);
        db.run(log::complete);
        health.watch(intake.loop());
        health.watch(signer.loop());
        signing = Thread.ofPlatform().name("signer").start(signer.loop());
        thread = Thread.ofPlatform().name("intake").start(intake.loop());
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        intake.stop();
        signer.loop().stop();
        if (signing != null) {
            signing.join();
        }
        if (thread != null) {
            thread.join();
            intake.close();
        }
    }
}
