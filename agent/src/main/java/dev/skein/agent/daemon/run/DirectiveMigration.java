// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.bundle.BundleCache;
import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.postgres.PgClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Migrates a database as a directive says, with the revisions that it names. */
@ApplicationScoped
public class DirectiveMigration {
    private final BundleCache bundles;
    private final SiteBackups backups;
    private final DirectiveAttempts attempts;
    private final RunMetrics measures;
    private final Duration patience;
    private final Migrator migrator;

    public DirectiveMigration(
            BundleCache bundles,
            SiteBackups backups,
            DirectiveAttempts attempts,
            RunMetrics measures,
            AgentConfig config,
            Vertx vertx,
            Clock clock) {
        this.bundles = bundles;
        this.backups = backups;
        this.attempts = attempts;
        this.measures = measures;
        this.patience = config.patience();
        this.migrator = new Migrator(PgClient.on(vertx), clock);
    }

    /** Tries until there is an outcome, or patience ends. */
    DirectiveEnding migrate(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        var tries = new DirectiveTries(attempts, directive, brake, patience);
        var ending = Optional.<DirectiveEnding>empty();
        while (ending.isEmpty()) {
            tries.begin();
            var outcome = attempt(directive, place, brake);
            if (outcome instanceof Outcome.Occupied busy && !brake.isPulled()) {
                // However long the other run takes: it is not this database's failure.
                attempts.waits(directive, busy.reason().discreet());
            } else if (outcome instanceof Outcome.Lost lost) {
                ending = tries.endOrPause("run", lost.reason());
            } else {
                ending = Optional.of(DirectiveEnding.of(directive, outcome));
            }
        }
        return ending.get();
    }

    private Outcome attempt(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        try {
            var scripts = bundles.get(directive.bundle(), patience);
            var order = DirectiveOrders.order(directive, place, scripts);
            return migrator.run(
                    order,
                    brake,
                    attempts.heard(directive, measures),
                    backups.before(directive, place, brake));
        } catch (SkeinException e) {
            // A backup that was stopped as asked has changed nothing.
            return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                    ? new Outcome.Held(List.of(), List.of())
                    : new Outcome.Refused(e);
        }
    }
}
