// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.TenantHold;
import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.Author;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes sure that nothing older runs on a database, or will, before it is said to be held. This
 * agent may run nothing there, and another one may: one that was frozen when its work became ours.
 * So the lock is taken, and the journal accepts nothing older from then on.
 */
final class DatabaseHold {
    private static final Logger LOG = Logger.getLogger(DatabaseHold.class);
    private static final Duration ENDING_LOOK_PAUSE = Duration.ofMillis(500);

    /** A right that is missing, a journal that is none: nobody older can do more there. */
    private static final String NOT_FIT = "42";

    private final PgClient client;
    private final Clock clock;
    private final Duration patience;

    /**
     * @param patience with a database that is out of reach, or whose server refuses
     */
    DatabaseHold(PgClient client, Clock clock, Duration patience) {
        this.client = client;
        this.clock = clock;
        this.patience = patience;
    }

    /** Waits for whoever has the lock, however long that is, and gives what is to be said then. */
    DirectiveEnding of(Directive directive, ServerDatabase place) throws InterruptedException {
        var reach = new OutOfReach(System::nanoTime, patience);
        var ending = Optional.<DirectiveEnding>empty();
        while (ending.isEmpty()) {
            reach.attempt();
            ending = tried(directive, place, reach);
            if (ending.isEmpty()) {
                Thread.sleep(ENDING_LOOK_PAUSE);
            }
        }
        return ending.get();
    }

    /** Nothing where it is to be tried again. */
    private Optional<DirectiveEnding> tried(
            Directive directive, ServerDatabase place, OutOfReach reach) {
        try {
            fence(directive, place);
        } catch (LockBusy e) {
            LOG.infof("hold: %s", e.getMessage());
            return Optional.empty();
        } catch (PgServerError e) { // a full disk, a lock on the journal
            LOG.warnf("hold: %s", e.getMessage());
            if (!e.sqlState().startsWith(NOT_FIT)) {
                return unreachable(directive, e, reach);
            }
        } catch (Unreachable e) {
            LOG.warnf("hold: %s", e.getMessage());
            return unreachable(directive, e, reach);
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            // What is not fit for us is fit for nobody older; or a later one was accepted.
            LOG.infof("hold: %s", e.getMessage());
        }
        return Optional.of(DirectiveEnding.held(directive));
    }

    private static Optional<DirectiveEnding> unreachable(
            Directive directive, SkeinException e, OutOfReach reach) {
        return reach.isTooLong()
                ? Optional.of(DirectiveEnding.said(directive, Kind.UNREACHABLE, e.discreet()))
                : Optional.empty();
    }

    private void fence(Directive directive, ServerDatabase place) {
        var author = new Author(directive.actor(), directive.rollout(), directive.generation());
        var scope = Scope.at(place.site());
        TenantHold.of(client, place.address(), scope, author, clock, directive.uid()).close();
    }
}
