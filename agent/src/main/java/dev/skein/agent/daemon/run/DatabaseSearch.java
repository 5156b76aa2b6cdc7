// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Brake;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Finds the database that a directive is about; it may be known here only in a moment. */
@ApplicationScoped
public class DatabaseSearch {
    private static final Duration LOOK_PAUSE = Duration.ofMillis(500);

    private final DatabaseInventory inventory;
    private final DirectiveAttempts attempts;
    private final Duration patience;

    public DatabaseSearch(
            DatabaseInventory inventory, DirectiveAttempts attempts, AgentConfig config) {
        this.inventory = inventory;
        this.attempts = attempts;
        this.patience = config.patience();
    }

    /** Looks until it is there, the brake is pulled, or patience ends. */
    Optional<DatabaseLook> find(Directive directive, Brake brake) throws InterruptedException {
        long began = System.nanoTime();
        while (isPatient(began)) {
            var look = inventory.find(directive.uid());
            if (look.isPresent() || brake.isPulled()) {
                return look;
            }
            attempts.waits(directive, AbsenceReasons.soFar(inventory.unlisted()));
            Thread.sleep(LOOK_PAUSE);
        }
        return Optional.empty();
    }

    /** Waits for servers that are not looked at yet, as long as it may be on one of them. */
    Optional<DatabaseLook> findListed(Directive directive) throws InterruptedException {
        long began = System.nanoTime();
        while (inventory.find(directive.uid()).isEmpty()
                && !inventory.unlisted().isEmpty()
                && isPatient(began)) {
            Thread.sleep(LOOK_PAUSE);
        }
        return inventory.find(directive.uid());
    }

    private boolean isPatient(long began) {
        return System.nanoTime() - began < patience.toNanos();
    }
}
