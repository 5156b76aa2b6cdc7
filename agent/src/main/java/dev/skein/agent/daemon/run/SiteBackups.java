// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.BackupFolder;
import dev.skein.engine.backup.BackupSafeguard;
import dev.skein.engine.backup.Dump;
import dev.skein.engine.backup.DumpPrograms;
import dev.skein.engine.backup.Restoration;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.PgClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The backups of this site: taken before a rollout's first step, restored when it is taken back.
 */
@ApplicationScoped
public class SiteBackups {
    private static final Logger LOG = Logger.getLogger(SiteBackups.class);

    private final Optional<BackupFolder> folder;
    private final DatabaseInventory inventory;
    private final PgClient client;
    private final Clock clock;
    private final List<Integer> servers;
    private final DirectiveAttempts attempts;

    public SiteBackups(
            AgentConfig config,
            DatabaseInventory inventory,
            DirectiveAttempts attempts,
            Vertx vertx,
            Clock clock) {
        this.attempts = attempts;
        this.folder = config.backups().map(BackupFolder::new);
        this.inventory = inventory;
        this.client = PgClient.on(vertx);
        this.clock = clock;
        this.servers = folder.isPresent() ? DumpPrograms.servers() : List.of();
    }

    /** The servers, by major version, that can be saved here; the oldest first. */
    public List<Integer> servers() {
        return servers;
    }

    /** Where they are. */
    public BackupFolder folder() {
        return folder.orElseThrow(() ->
                SkeinException.failed(
                        "Backups",
                        "backup unavailable: this agent has no folder for them",
                        "Set skein.agent.backups"));
    }

    /** What is to be saved before a directive's first step. */
    Safeguard before(Directive directive, ServerDatabase place, Brake brake) {
        var extent = directive.backup();
        if (extent == null) {
            return Safeguard.NONE;
        }
        var safeguard =
                new BackupSafeguard(
                        new Dump(client, folder(), clock),
                        place.address(),
                        extent,
                        directive.rollout(),
                        brake);
        return (state, history, stop) -> {
            attempts.doing(directive, "is being saved (" + extent.words() + ")");
            return safeguard.before(state, history, stop);
        };
    }

    /** Puts databases back, for one directive. */
    Restoration restoration() {
        return new Restoration(client, folder(), clock);
    }

    /**
     * Puts a database back to the moment of the backup that a directive names.
     *
     * @return whether it was done before
     */
    boolean restore(
            Restoration restoration,
            Directive directive,
            ServerDatabase place,
            Runnable last,
            Brake brake) {
        var replaced = restoration.run(order(directive, place), last, brake::isPulled);
        if (replaced.isEmpty()) {
            LOG.info("restored before");
        } else {
            LOG.infof("restored; the database that was there is now %s", replaced);
        }
        return replaced.isEmpty();
    }

    private Restoration.Order order(Directive directive, ServerDatabase place) {
        var author = new Author(directive.actor(), directive.rollout(), directive.generation());
        return new Restoration.Order(
                        place.address(),
                        inventory.maintenance(place),
                        Scope.at(place.site()),
                        directive.uid(),
                        String.valueOf(directive.restore()),
                        author)
                .withHeads(directive.heads());
    }
}
