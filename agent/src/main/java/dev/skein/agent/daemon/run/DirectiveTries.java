// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.Brake;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The tries at one directive, for as long as patience with what is out of reach lasts. */
final class DirectiveTries {
    private static final Logger LOG = Logger.getLogger(DirectiveTries.class);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

    private final DirectiveAttempts attempts;
    private final Directive directive;
    private final Brake brake;
    private final OutOfReach reach;

    DirectiveTries(
            DirectiveAttempts attempts, Directive directive, Brake brake, Duration patience) {
        this.attempts = attempts;
        this.directive = directive;
        this.brake = brake;
        this.reach = new OutOfReach(System::nanoTime, patience);
    }

    /** One more begins. */
    void begin() {
        reach.attempt();
        attempts.tried(directive);
    }

    /**
     * One has lost the database. Pauses, where it may be tried again.
     *
     * @param what what was tried, for the log
     * @return how it ended; nothing where it is to be tried again
     */
    Optional<DirectiveEnding> endOrPause(String what, SkeinException lost)
            throws InterruptedException {
        LOG.warnf("%s: %s", what, lost.getMessage());
        attempts.waits(directive, lost.discreet());
        if (brake.isPulled()) {
            return Optional.of(DirectiveEnding.HELD);
        }
        if (reach.isTooLong()) {
            return Optional.of(DirectiveEnding.said(directive, Kind.UNREACHABLE, lost.discreet()));
        }
        Thread.sleep(RETRY_PAUSE);
        return Optional.empty();
    }
}
