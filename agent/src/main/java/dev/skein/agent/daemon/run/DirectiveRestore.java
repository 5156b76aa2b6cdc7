// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.agent.daemon.relay.UnsentEntries;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.Restoration;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.postgres.Unreachable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Puts a database back as a directive says. */
@ApplicationScoped
public class DirectiveRestore {
    private static final Logger LOG = Logger.getLogger(DirectiveRestore.class);

    private final SiteBackups backups;
    private final JournalRelay relay;
    private final DirectiveAttempts attempts;
    private final Duration patience;

    public DirectiveRestore(
            SiteBackups backups,
            JournalRelay relay,
            DirectiveAttempts attempts,
            AgentConfig config) {
        this.backups = backups;
        this.relay = relay;
        this.attempts = attempts;
        this.patience = config.patience();
    }

    /** Tries until it is done or refused, or patience with what is out of reach ends. */
    DirectiveEnding restore(Directive directive, ServerDatabase place, Brake brake)
            throws InterruptedException {
        try {
            attempts.doing(directive, "is being restored");
            return untilSettled(directive, place, brake, backups.restoration());
        } catch (SkeinException e) {
            LOG.warnf("restore: %s", e.getMessage());
            return e.code() == ErrorCode.INTERRUPTED && brake.isPulled()
                    ? DirectiveEnding.HELD
                    : DirectiveEnding.notRestored(directive, e);
        }
    }

    private DirectiveEnding untilSettled(
            Directive directive, ServerDatabase place, Brake brake, Restoration restoration)
            throws InterruptedException {
        var tries = new DirectiveTries(attempts, directive, brake, patience);
        // What the database did so far is told before it is replaced.
        Runnable last = () -> relay.relay(place, false);
        var ending = Optional.<DirectiveEnding>empty();
        while (ending.isEmpty()) {
            tries.begin();
            try {
                var before = backups.restore(restoration, directive, place, last, brake);
                return before ? DirectiveEnding.ANSWERED : DirectiveEnding.JOURNALED;
            } catch (LockBusy | Unreachable | UnsentEntries e) {
                ending = tries.endOrPause("restore", e);
            }
        }
        return ending.get();
    }
}
